package dev.resentry.processing.normalize;

import java.io.Serial;

/** A field without which nothing can be made of its item. Becomes a {@link Normalization.Invalid} at the border of the package. */
final class InvalidFieldException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    InvalidFieldException(String field, String given, String expected) {
        super("%s: %s (expected: %s)".formatted(field, given, expected), null, false, false);
    }
}
