package dev.resentry.service.health;

/** What a {@link HealthCheck} found. */
public sealed interface CheckResult {

    record Ok() implements CheckResult {}

    /** It does not work, and the service does its work without it; the cause is one line for people. */
    record Degraded(String cause) implements CheckResult {}

    /** It does not work; the cause is one line for people. */
    record Failed(String cause) implements CheckResult {

        /** The cause from an exception: the innermost message says most. */
        public static Failed of(Throwable failure) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
            return new Failed(message.lines().findFirst().orElse(message));
        }
    }
}
