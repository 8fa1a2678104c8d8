package dev.resentry.endtoend;

import io.sentry.Sentry;

/**
 * Does its work in a session, and as it is told, meets an error that it reports, or one that it does not expect and ends by;
 * the SDK is unmodified.
 */
final class JavaSdkSession {
    private JavaSdkSession() {}

    public static void main(String[] args) {
        Sentry.init(options -> {
            options.setDsn(args[0]);
            options.setRelease("java-shop@1.0.0");
            options.setEnvironment("staging");
        });
        Sentry.startSession();
        switch (args[1]) {
            case "errored" -> Sentry.captureException(new IllegalArgumentException("reported"));
            case "crashed" -> throw new IllegalStateException("not expected");
            default -> {}
        }
        Sentry.endSession();
        Sentry.close();
    }
}
