package dev.resentry.storage.deadletter;

/** A letter is not its job's any more: another process has retried it, or somebody discarded it. Nothing was stored. */
final class DeadLetterTakenException extends RuntimeException {
    DeadLetterTakenException(long letterId) {
        super("dead letter %d is not retried by this job any more".formatted(letterId));
    }
}
