package dev.resentry.processing.session;

import dev.resentry.model.outcome.DropReason;

/**
 * What reading an item came to.
 *
 * @param <T> what is read of it
 */
public sealed interface SessionReading<T> {

    record Read<T>(T value) implements SessionReading<T> {}

    /** It counts nowhere. */
    record Dropped<T>(DropReason reason, String cause) implements SessionReading<T> {}
}
