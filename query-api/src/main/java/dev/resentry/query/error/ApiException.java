package dev.resentry.query.error;

import java.util.Map;

/** Ends a request with an error of the caller's making; the message is for the caller. */
public final class ApiException extends RuntimeException {
    private final transient ApiErrorResponse answer;

    private ApiException(ErrorCode code, String message, Map<String, String> details) {
        super(message);
        this.answer = ApiErrorResponse.of(code, message, details);
    }

    public static ApiException notFound(String what, Object id) {
        return new ApiException(ErrorCode.NOT_FOUND, "There is no %s %s".formatted(what, id), Map.of());
    }

    public static ApiException unauthorized(String message) {
        return new ApiException(ErrorCode.UNAUTHORIZED, message, Map.of());
    }

    public static ApiException conflict(String field, String message) {
        return new ApiException(ErrorCode.CONFLICT, message, Map.of(field, message));
    }

    public static ApiException invalid(String field, String message) {
        return new ApiException(ErrorCode.INVALID_REQUEST, field + ": " + message, Map.of(field, message));
    }

    /** Something that is needed for the answer does not answer itself; asking again later may go right. */
    public static ApiException unavailable(String message) {
        return new ApiException(ErrorCode.UNAVAILABLE, message, Map.of());
    }

    ApiErrorResponse answer() {
        return answer;
    }
}
