package dev.resentry.query.error;

import java.util.Locale;

/** The kinds of error, as callers tell them apart. The words are part of the API. */
public enum ErrorCode {
    INVALID_REQUEST(400),
    /** A query of the search language, with the place of its fault. */
    INVALID_QUERY(400),
    UNAUTHORIZED(401),
    /** The password is right, and a code is needed besides. */
    SECOND_FACTOR_REQUIRED(401),
    FORBIDDEN(403),
    NOT_FOUND(404),
    CONFLICT(409),
    PAYLOAD_TOO_LARGE(413),
    QUERY_TIMEOUT(422),
    RATE_LIMITED(429),
    INTERNAL(500),
    UNAVAILABLE(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The kind of an error that the web framework found. */
    static ErrorCode ofStatus(int status) {
        for (ErrorCode code : values()) {
            if (code.status == status) {
                return code;
            }
        }
        return status >= 400 && status < 500 ? INVALID_REQUEST : INTERNAL;
    }

    public int status() {
        return status;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
