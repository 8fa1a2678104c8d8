package dev.resentry.model.form;

import java.io.Serial;

/** Carries a fault in a form to the reader's exits. Never leaves this package. */
final class MalformedFormException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    MalformedFormException(String cause) {
        super(cause, null, false, false);
    }
}
