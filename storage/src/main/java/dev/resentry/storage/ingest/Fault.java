package dev.resentry.storage.ingest;

import dev.resentry.model.outcome.FailureStage;

/**
 * How our own code failed on something.
 *
 * @param exception the classes and messages of the exception and its causes, each with its innermost calls; cut
 */
public record Fault(FailureStage stage, String exception) {
    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_CALLS = 12;
    private static final int MAX_CAUSES = 5;

    public static Fault of(FailureStage stage, Throwable failure) {
        var text = new StringBuilder();
        Throwable current = failure;
        for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(current).append('\n');
            StackTraceElement[] calls = current.getStackTrace();
            for (int i = 0; i < Math.min(calls.length, MAX_CALLS); i++) {
                text.append("    at ").append(calls[i]).append('\n');
            }
            current = current.getCause();
        }
        return new Fault(stage, text.substring(0, Math.min(text.length(), MAX_LENGTH)));
    }
}
