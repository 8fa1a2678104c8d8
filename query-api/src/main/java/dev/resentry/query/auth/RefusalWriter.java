package dev.resentry.query.auth;

import dev.resentry.query.error.ApiErrorResponse;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.Dialect;
import dev.resentry.query.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that do not get as far as a controller. */
final class RefusalWriter {
    private final JsonMapper json;

    RefusalWriter(JsonMapper json) {
        this.json = json;
    }

    void write(HttpServletRequest request, HttpServletResponse response, ApiException refusal) throws IOException {
        ApiErrorResponse answer = refusal.answer();
        response.setStatus(answer.statusCode());
        response.setContentType("application/json");
        if (answer.statusCode() == ErrorCode.UNAUTHORIZED.status()) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        Duration retryAfter = refusal.retryAfter();
        if (retryAfter != null) {
            response.setHeader(
                    "Retry-After", Long.toString(retryAfter.plusMillis(999).toSeconds()));
        }
        response.getOutputStream()
                .write(json.writeValueAsBytes(Dialect.of(request).body(answer)));
    }
}
