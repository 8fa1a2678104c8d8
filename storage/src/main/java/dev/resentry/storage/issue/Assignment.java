package dev.resentry.storage.issue;

/** Whom an issue is assigned to. */
public sealed interface Assignment {

    /**
     * Somebody has it.
     *
     * @param userId who
     */
    record To(long userId) implements Assignment {}

    /** Nobody has it. */
    record ToNobody() implements Assignment {}
}
