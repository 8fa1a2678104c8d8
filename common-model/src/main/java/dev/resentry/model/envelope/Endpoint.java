package dev.resentry.model.envelope;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kind of route a body came in by, which decides how the processor reads it. */
public enum Endpoint {
    /** The body is an envelope. */
    ENVELOPE,
    /** The body is the JSON of one event, plain or in one of the two old base64 forms (ingest protocol, section 4). */
    STORE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Endpoint> parse(String word) {
        return Arrays.stream(values()).filter(e -> e.word().equals(word)).findFirst();
    }
}
