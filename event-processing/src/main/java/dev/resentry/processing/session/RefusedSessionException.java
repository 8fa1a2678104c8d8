package dev.resentry.processing.session;

import dev.resentry.model.outcome.DropReason;
import java.io.Serial;

/** A session that counts nowhere. Becomes a {@link SessionReading.Dropped} at the border of the package. */
final class RefusedSessionException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final DropReason reason;

    RefusedSessionException(DropReason reason, String cause) {
        super(cause, null, false, false);
        this.reason = reason;
    }

    static RefusedSessionException invalid(String field, String given, String expected) {
        return new RefusedSessionException(
                DropReason.INVALID_ITEM, "%s: %s (expected: %s)".formatted(field, given, expected));
    }

    DropReason reason() {
        return reason;
    }
}
