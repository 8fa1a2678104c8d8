package dev.resentry.query.error;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;

/** The one place where exceptions of the API become answers. */
@RestControllerAdvice
public class ErrorAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> handle(ApiException e) {
        return answered(e.answer());
    }

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> handle(MethodArgumentNotValidException e) {
        Map<String, String> fields = new TreeMap<>();
        for (FieldError error : e.getFieldErrors()) {
            fields.merge(
                    snakeCase(error.getField()), String.valueOf(error.getDefaultMessage()), (a, b) -> a + "; " + b);
        }
        return invalid("The request has wrong fields: " + String.join(", ", fields.keySet()), fields);
    }

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> handle(MethodArgumentTypeMismatchException e) {
        String field = snakeCase(e.getName());
        String cause = "not what is expected: " + e.getValue();
        return invalid(field + ": " + cause, Map.of(field, cause));
    }

    @ExceptionHandler
    ResponseEntity<ErrorAnswer> handle(HttpMessageNotReadableException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json && json.getLocation() != null) {
                return invalid(
                        "The body is not the JSON expected, line %d, column %d: %s"
                                .formatted(
                                        json.getLocation().getLineNr(),
                                        json.getLocation().getColumnNr(),
                                        json.getOriginalMessage()),
                        Map.of());
            }
        }
        return invalid("The body is missing or not JSON", Map.of());
    }

    @ExceptionHandler({
        CannotGetJdbcConnectionException.class,
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class
    })
    ResponseEntity<ErrorAnswer> handleOutage(Exception e) {
        LOG.atWarn().addKeyValue("error", e.getMessage()).log("The database does not answer");
        return answered(ErrorAnswer.of(ErrorCode.UNAVAILABLE, "The database does not answer; try again later"));
    }

    /** The edge: what nobody foresaw is logged whole and answered without its inside. */
    @ExceptionHandler
    ResponseEntity<ErrorAnswer> handle(Exception e) {
        if (e instanceof ErrorResponse framework) {
            int status = framework.getStatusCode().value();
            String message = String.valueOf(framework.getBody().getDetail());
            String word = (status == 404 ? ErrorCode.NOT_FOUND : ErrorCode.INVALID_REQUEST).word();
            return ResponseEntity.status(status)
                    .headers(framework.getHeaders())
                    .body(new ErrorAnswer(word, message, status, Map.of()));
        }
        LOG.error("A request failed", e);
        return answered(ErrorAnswer.of(ErrorCode.INTERNAL, "The request failed; the server's log says why"));
    }

    private static ResponseEntity<ErrorAnswer> invalid(String message, Map<String, String> fields) {
        return answered(
                new ErrorAnswer(ErrorCode.INVALID_REQUEST.word(), message, ErrorCode.INVALID_REQUEST.status(), fields));
    }

    private static ResponseEntity<ErrorAnswer> answered(ErrorAnswer answer) {
        return ResponseEntity.status(answer.statusCode()).body(answer);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}
