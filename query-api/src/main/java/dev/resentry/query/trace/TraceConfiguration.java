package dev.resentry.query.trace;

import dev.resentry.query.access.ProjectAccess;
import dev.resentry.storage.performance.TraceErrorQueries;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.span.SpanQueries;
import dev.resentry.storage.transaction.TransactionQueries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of transactions and traces. */
@Configuration(proxyBeanMethods = false)
public class TraceConfiguration {

    @Bean
    TraceController traceController(
            TransactionQueries transactions,
            SpanQueries spans,
            TraceErrorQueries errors,
            ProjectStore projects,
            ProjectAccess access) {
        return new TraceController(transactions, spans, errors, projects, access);
    }
}
