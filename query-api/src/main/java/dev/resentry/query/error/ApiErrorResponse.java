package dev.resentry.query.error;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.query.schema.WordOf;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The body of every error.
 *
 * @param error the kind, one of the words of {@link ErrorCode}
 * @param statusCode the HTTP status, which may be finer than the kind
 * @param details what is wrong with each field, by the field's name; empty if it is not about fields
 * @param ofSentry what the tools of Sentry read besides the message, by property
 */
@Schema(name = "Error")
public record ApiErrorResponse(
        @WordOf(ErrorCode.class) String error,
        String message,
        @JsonProperty("status_code") int statusCode,
        Map<String, String> details,
        @JsonIgnore @Schema(hidden = true) Map<String, List<?>> ofSentry) {
    /** A text that is longer is cut in its middle, which is a value that was sent. */
    private static final int MOST_CHARACTERS = 1_000;

    private static final int HALF = (MOST_CHARACTERS - 1) / 2;

    public ApiErrorResponse {
        message = bounded(message);
        Map<String, String> bounded = new TreeMap<>();
        details.forEach((field, cause) -> bounded.put(bounded(field), bounded(cause)));
        details = bounded;
        ofSentry = Map.copyOf(ofSentry);
    }

    ApiErrorResponse(String error, String message, int statusCode, Map<String, String> details) {
        this(error, message, statusCode, details, Map.of());
    }

    private static String bounded(String text) {
        return text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, HALF) + "…" + text.substring(text.length() - HALF);
    }

    public static ApiErrorResponse of(ErrorCode code, String message) {
        return of(code, message, Map.of());
    }

    static ApiErrorResponse of(ErrorCode code, String message, Map<String, String> details) {
        return new ApiErrorResponse(code.wireName(), message, code.status(), details);
    }

    static ApiErrorResponse ofStatus(int status, String message) {
        return new ApiErrorResponse(ErrorCode.ofStatus(status).wireName(), message, status, Map.of());
    }

    ApiErrorResponse withSentry(Map<String, List<?>> properties) {
        return new ApiErrorResponse(error, message, statusCode, details, properties);
    }

    /** JSON whatever the caller accepts: an error in another format than asked for is better than none. */
    ResponseEntity<ApiErrorResponse> asResponse() {
        return ResponseEntity.status(statusCode)
                .contentType(MediaType.APPLICATION_JSON)
                .body(this);
    }
}
