package dev.resentry.query.error;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * The body of every error.
 *
 * @param details what is wrong with each field, by the field's name; empty if it is not about fields
 */
public record ErrorAnswer(
        String error,
        String message,
        @JsonProperty("status_code") int statusCode,
        Map<String, String> details) {

    public static ErrorAnswer of(ErrorCode code, String message) {
        return new ErrorAnswer(code.word(), message, code.status(), Map.of());
    }
}
