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
    /** The database knows no such project, and none that was deleted. */
    UNKNOWN_PROJECT,
    /** It arrived longer ago than such things are kept. */
    EXPIRED,
    /** It failed, and somebody decided that it is not wanted. */
    DISCARDED,
    /** It holds data of a person whose data was deleted after it had arrived. */
    PERSON_DELETED,
    /** The database refused the data itself, again and alone. */
    REFUSED_BY_DATABASE,
    /** Our own code failed on it. */
    INTERNAL;

    /** The word for this reason in the database and in APIs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether something went wrong, so that trying again with newer code or another database may go right: then it is a dead
     * letter. Other things are dropped by a rule, for good.
     */
    public boolean isFailure() {
        return switch (this) {
            case RATE_LIMITED, PROJECT_DELETED, EXPIRED, DISCARDED, PERSON_DELETED -> false;
            case INVALID_ENCODING,
                    INVALID_ENVELOPE,
                    TOO_LARGE,
                    INVALID_JSON,
                    INVALID_ITEM,
                    INVALID_MULTIPART,
                    INVALID_MINIDUMP,
                    INVALID_PROTOBUF,
                    INVALID_RECORD,
                    UNKNOWN_PROJECT,
                    REFUSED_BY_DATABASE,
                    INTERNAL -> true;
        };
    }

    /**
     * The reason of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DropReason of(String wireName) {
        for (DropReason reason : values()) {
            if (reason.wireName().equals(wireName)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("drop reason: '%s' is unknown".formatted(wireName));
    }
}
