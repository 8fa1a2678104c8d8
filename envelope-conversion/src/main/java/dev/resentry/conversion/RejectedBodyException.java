package dev.resentry.conversion;

import dev.resentry.model.outcome.DropReason;
import java.io.Serial;

/** Nothing can be made of a body; never leaves this package. */
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
