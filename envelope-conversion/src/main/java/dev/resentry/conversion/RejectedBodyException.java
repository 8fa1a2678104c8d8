package dev.resentry.conversion;

import dev.resentry.model.outcome.DropReason;
import java.io.Serial;

/** A body that cannot be converted; never thrown out of this package. */
final class RejectedBodyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final DropReason reason;

    RejectedBodyException(DropReason reason, String cause) {
        super(cause, null, false, false);
        this.reason = reason;
    }

    DropReason reason() {
        return reason;
    }
}
