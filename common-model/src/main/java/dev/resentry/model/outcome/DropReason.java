package dev.resentry.model.outcome;

import java.util.Locale;

/** Why something was not stored. The words are part of the API: they are never renamed. */
public enum DropReason {
    /** The body is not what its content encoding says. */
    INVALID_ENCODING,
    /** The framing or a header of the envelope is broken. */
    INVALID_ENVELOPE,
    /** Decoded, the body passes the limit. */
    TOO_LARGE,
    /** The payload of an item is not the JSON it should be. */
    INVALID_JSON,
    /** The item is JSON, and not what its type says. */
    INVALID_ITEM,
    /** The body is not the form that its content type says. */
    INVALID_MULTIPART,
    /** The file of a crash is no minidump. */
    INVALID_MINIDUMP,
    /** The body is not the protobuf message of its route. */
    INVALID_PROTOBUF,
    /** It was over a limit when it arrived. */
    RATE_LIMITED,
    /** The record on the topic lacks what the gateway must have written. */
    INVALID_RECORD,
    /** The project was deleted after the gateway had accepted the envelope. */
    PROJECT_DELETED,
    /** The database refused the data itself, again and alone. */
    REFUSED_BY_DATABASE,
    /** Our own code failed on it. */
    INTERNAL;

    /** The word for this reason in the database and in APIs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The reason of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    static DropReason of(String wireName) {
        for (DropReason reason : values()) {
            if (reason.wireName().equals(wireName)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("drop reason: '%s' is unknown".formatted(wireName));
    }
}
