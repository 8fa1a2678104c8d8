package dev.resentry.query.deadletter;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.storage.deadletter.DeadLetterDesk;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of dead letters. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterConfiguration {

    @Bean
    DeadLetterController deadLetterController(DeadLetterQueries letters, ProjectAccess access) {
        return new DeadLetterController(letters, access);
    }

    @Bean
    DeadLetterDecisionController deadLetterDecisionController(
            DeadLetterQueries letters, DeadLetterDesk desk, ProjectAccess access, AuditLog audit) {
        return new DeadLetterDecisionController(letters, desk, access, audit);
    }
}
