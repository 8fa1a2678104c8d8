package dev.resentry.service.report;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import dev.resentry.model.project.Dsn;
import dev.resentry.service.process.ProcessDescription;
import io.sentry.ITransaction;
import io.sentry.Sentry;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.SpanStatus;
import io.sentry.TransactionContext;
import io.sentry.protocol.TransactionNameSource;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reports Resentry's own errors by Sentry's SDK: what is logged as such, and what ends a thread. Of its transactions it reports every tenth
 * in production, otherwise all. Without a DSN it does nothing.
 */
public final class ErrorReports implements AutoCloseable {
    private static final double TRANSACTIONS_IN_PRODUCTION = 0.1;

    private final @Nullable ReportingAppender appender;

    public ErrorReports(ErrorReportSettings settings, ProcessDescription process, String service) {
        Dsn target = settings.target().orElse(null);
        OwnReports.goTo(target);
        if (target == null) {
            this.appender = null;
            return;
        }
        var rate = new ReportRate(InstantSource.system());
        Sentry.init(options -> configure(options, settings, process, service, rate));
        this.appender = new ReportingAppender(Sentry.getCurrentScopes(), rate);
        appender.setName("error-reports");
        rootLogger().ifPresent(root -> {
            appender.setContext(root.getLoggerContext());
            appender.start();
            root.addAppender(appender);
        });
    }

    private static void configure(
            SentryOptions options,
            ErrorReportSettings settings,
            ProcessDescription process,
            String service,
            ReportRate rate) {
        options.setDsn(settings.dsn());
        options.setEnvironment(settings.environment().isBlank() ? settings.mode() : settings.environment());
        options.setRelease(settings.release().isBlank() ? releaseOf(process) : settings.release());
        options.setServerName(process.host());
        options.setTag("service", service);
        options.addInAppInclude("dev.resentry");
        options.setEnableUncaughtExceptionHandler(true);
        // The JVM prints it no more where there is a handler.
        options.setPrintUncaughtStackTrace(true);
        options.setTracesSampleRate(settings.isProduction() ? TRANSACTIONS_IN_PRODUCTION : 1.0);
        var traces = new ReportRate(InstantSource.system());
        options.setBeforeSendTransaction((trace, _) -> traces.allows() ? trace : null);
        options.setBeforeSend((event, _) -> {
            // What ends a thread comes past the log.
            boolean isUncaught = event.getLevel() == SentryLevel.FATAL;
            return isUncaught && (OwnReports.areUnderWay(event.getThrowable()) || !rate.allows()) ? null : event;
        });
    }

    private static @Nullable String releaseOf(ProcessDescription process) {
        return process.version() == null ? null : "resentry@" + process.version();
    }

    /** Empty where something else than Logback writes the log. */
    private static Optional<Logger> rootLogger() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                ? Optional.of(context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
                : Optional.empty();
    }

    public boolean areOn() {
        return appender != null;
    }

    /** A request that is being answered. */
    public RequestTrace begin(String method) {
        var context = new TransactionContext(method, TransactionNameSource.ROUTE, "http.server");
        return new RequestTrace(Sentry.startTransaction(context));
    }

    /** The transaction of a request. */
    public static final class RequestTrace {
        private final ITransaction transaction;

        private RequestTrace(ITransaction transaction) {
            this.transaction = transaction;
        }

        /** Ends it by the method and the template of its path. */
        public void end(String route, int status) {
            transaction.setName(route, TransactionNameSource.ROUTE);
            transaction.finish(SpanStatus.fromHttpStatusCode(status, SpanStatus.UNKNOWN));
        }
    }

    @Override
    public void close() {
        if (appender != null) {
            rootLogger().ifPresent(root -> root.detachAppender(appender));
            appender.stop();
            Sentry.close();
            OwnReports.goTo(null);
        }
    }
}
