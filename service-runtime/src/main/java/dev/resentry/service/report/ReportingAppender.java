package dev.resentry.service.report;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.resentry.model.project.ProjectId;
import io.sentry.Hint;
import io.sentry.IScopes;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.protocol.Message;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Reports what is logged as an error. What a caller did wrong is not logged so, as it is no error of ours. */
final class ReportingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** By which lines of the log name a project. */
    private static final Set<String> PROJECT_KEYS = Set.of("project", "projectId");

    private final IScopes scopes;
    private final ReportRate rate;

    ReportingAppender(IScopes scopes, ReportRate rate) {
        this.scopes = scopes;
        this.rate = rate;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            return;
        }
        Throwable failure = failureOf(event);
        if (event.getLoggerName().startsWith("io.sentry")
                || OwnReports.areUnderWay(failure)
                || isOfOwnProject(event)
                || !rate.allows()) {
            return;
        }
        scopes.captureEvent(report(event, failure), new Hint());
    }

    private static @Nullable Throwable failureOf(ILoggingEvent event) {
        IThrowableProxy proxy = event.getThrowableProxy();
        return proxy instanceof ThrowableProxy known ? known.getThrowable() : null;
    }

    private static boolean isOfOwnProject(ILoggingEvent event) {
        ProjectId own = OwnReports.project().orElse(null);
        return own != null
                && keyValues(event).stream()
                        .anyMatch(pair -> PROJECT_KEYS.contains(pair.key)
                                && String.valueOf(pair.value).equals(own.toString()));
    }

    private static List<KeyValuePair> keyValues(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }

    private static SentryEvent report(ILoggingEvent logged, @Nullable Throwable failure) {
        var report = new SentryEvent();
        var message = new Message();
        message.setMessage(logged.getMessage());
        message.setFormatted(logged.getFormattedMessage());
        report.setMessage(message);
        report.setLogger(logged.getLoggerName());
        report.setLevel(SentryLevel.ERROR);
        if (failure != null) {
            report.setThrowable(failure);
        }
        Map<String, Object> values = new TreeMap<>();
        keyValues(logged).forEach(pair -> values.put(pair.key, String.valueOf(pair.value)));
        if (!values.isEmpty()) {
            report.getContexts().put("log", values);
        }
        report.setTag("thread", logged.getThreadName());
        return report;
    }
}
