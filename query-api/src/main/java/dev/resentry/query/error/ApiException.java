package dev.resentry.query.error;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with an error of the caller's making; the message is for the caller. */
public final class ApiException extends RuntimeException {
    private final transient ApiErrorResponse answer;
    private final @Nullable Duration retryAfter;

    private ApiException(ErrorCode code, String message, Map<String, String> details) {
        this(code, message, details, null);
    }

    private ApiException(ErrorCode code, String message, Map<String, String> details, @Nullable Duration retryAfter) {
        this(message, ApiErrorResponse.of(code, message, details), retryAfter);
    }

    private ApiException(String message, ApiErrorResponse answer, @Nullable Duration retryAfter) {
        super(message);
        this.answer = answer;
        this.retryAfter = retryAfter;
    }

    public static ApiException notFound(String what, Object id) {
        return new ApiException(ErrorCode.NOT_FOUND, "There is no %s %s".formatted(what, id), Map.of());
    }

    public static ApiException unauthorized(String message) {
        return new ApiException(ErrorCode.UNAUTHORIZED, message, Map.of());
    }

    /** A field of a login is wrong. */
    public static ApiException unauthorized(String field, String message) {
        return new ApiException(ErrorCode.UNAUTHORIZED, message, Map.of(field, message));
    }

    /** The password of a login is right; field {@code code} is missing. */
    public static ApiException secondFactorRequired() {
        String message = "A code of the authenticator app is needed, or a recovery code";
        return new ApiException(ErrorCode.SECOND_FACTOR_REQUIRED, message, Map.of("code", message));
    }

    public static ApiException forbidden(String message) {
        return new ApiException(ErrorCode.FORBIDDEN, message, Map.of());
    }

    /** Too much was asked for; asking again is of use when the time has passed. */
    public static ApiException rateLimited(String message, Duration retryAfter) {
        return new ApiException(ErrorCode.RATE_LIMITED, message, Map.of(), retryAfter);
    }

    public static ApiException conflict(String field, String message) {
        return new ApiException(ErrorCode.CONFLICT, message, Map.of(field, message));
    }

    /** Something is to be added that is there already, by another id. */
    public static ApiException duplicate(Object id, String message) {
        return new ApiException(ErrorCode.CONFLICT, message, Map.of("duplicate_of", String.valueOf(id)));
    }

    /** A part of an event was asked for of which only counts are kept. */
    public static ApiException payloadNotKept(Object eventId, Object envelopeId) {
        return conflict(
                "payload_kept",
                "Event %s is only counted, its payload is not kept; /api/v1/envelopes/%s/raw has what was sent, as long as that is kept"
                        .formatted(eventId, envelopeId));
    }

    public static ApiException invalid(String field, String message) {
        return new ApiException(ErrorCode.INVALID_REQUEST, field + ": " + message, Map.of(field, message));
    }

    /**
     * A wrong field, of which Sentry's tools read more than the message.
     *
     * @param ofSentry what they read, by property
     */
    public static ApiException invalid(String field, String message, Map<String, List<?>> ofSentry) {
        ApiException plain = invalid(field, message);
        return new ApiException(String.valueOf(plain.getMessage()), plain.answer.withSentry(ofSentry), null);
    }

    /** Something that is needed for the answer does not answer itself; asking again later may go right. */
    public static ApiException unavailable(String message) {
        return new ApiException(ErrorCode.UNAVAILABLE, message, Map.of());
    }

    /** There is no room for the request now; asking again is of use when the time has passed. */
    public static ApiException unavailable(String message, Duration retryAfter) {
        return new ApiException(ErrorCode.UNAVAILABLE, message, Map.of(), retryAfter);
    }

    public ApiErrorResponse answer() {
        return answer;
    }

    /** How long the caller is to wait; null if waiting is of no use. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
