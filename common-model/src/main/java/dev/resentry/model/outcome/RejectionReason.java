package dev.resentry.model.outcome;

import java.util.Locale;

/** Why a gateway refuses a request. The words are counted by and stand on topics: they are never renamed. */
public enum RejectionReason {
    /** Not HTTP, or not a version of it that is spoken here. */
    HTTP,
    /** The address is too long. */
    URI,
    /** The headers are too long. */
    HEADERS,
    /** An {@code Expect} that cannot be met. */
    EXPECTATION,
    /** The route does not take this method. */
    METHOD,
    /** The request took too long to arrive. */
    TIMEOUT,
    /** No credentials, or ones that cannot be read. */
    AUTH,
    /** No such project, or none with this key. */
    PROJECT_ID,
    /** The project or its key is disabled. */
    PROJECT_STATE,
    /** The project takes nothing from this page. */
    CORS,
    /** The event id in the path is none. */
    EVENT_ID,
    CONTENT_ENCODING,
    CONTENT_TYPE,
    /** The body is empty or could not be read. */
    NO_DATA,
    TOO_LARGE,
    INVALID_ENVELOPE,
    INVALID_JSON,
    INVALID_MULTIPART,
    INVALID_MINIDUMP,
    INVALID_CHECK_IN,
    INVALID_REPORT,
    /** What people write in the dialog after an error. */
    INVALID_FEEDBACK,
    RATE_LIMITED,
    /** Nothing can keep it now. */
    UNAVAILABLE,
    /** Our own code failed on it. */
    INTERNAL,
    /** A reason that this version does not know. */
    UNKNOWN;

    /** The word for this reason. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of a word; a word of another version is {@link #UNKNOWN}. */
    static RejectionReason of(String wireName) {
        for (RejectionReason reason : values()) {
            if (reason.wireName().equals(wireName)) {
                return reason;
            }
        }
        return UNKNOWN;
    }
}
