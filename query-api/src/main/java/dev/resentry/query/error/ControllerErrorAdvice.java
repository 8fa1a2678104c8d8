package dev.resentry.query.error;

import dev.resentry.model.search.SearchFault;
import dev.resentry.service.health.CheckResult;
import dev.resentry.storage.database.DatabaseOutage;
import dev.resentry.storage.explore.ExploreFault;
import dev.resentry.storage.search.SearchTimeoutException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;

/** The one place where exceptions of controllers become answers, in any dialect. */
@RestControllerAdvice(annotations = {NativeApi.class, SentryApi.class})
@Order(Ordered.HIGHEST_PRECEDENCE)
class ControllerErrorAdvice {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerErrorAdvice.class);
    private static final int MAX_SHOWN = 100;

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(ApiException e) {
        ResponseEntity<ApiErrorResponse> answer = e.answer().asResponse();
        Duration retryAfter = e.retryAfter();
        return retryAfter == null
                ? answer
                : ResponseEntity.status(answer.getStatusCode())
                        .headers(answer.getHeaders())
                        .header(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(retryAfter.plusMillis(999).toSeconds()))
                        .body(answer.getBody());
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(MethodArgumentNotValidException e) {
        Map<String, String> fields = new TreeMap<>();
        for (FieldError error : e.getFieldErrors()) {
            fields.merge(
                    snakeCase(error.getField()), String.valueOf(error.getDefaultMessage()), (a, b) -> a + "; " + b);
        }
        return invalid("The request has wrong fields: " + String.join(", ", fields.keySet()), fields);
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(MethodArgumentTypeMismatchException e) {
        String field = snakeCase(e.getName());
        String cause = "'%s' (expected: %s)".formatted(shown(e.getValue()), ExpectedType.of(e.getRequiredType()));
        return invalid(field + ": " + cause, Map.of(field, cause));
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(MissingRequestValueException e) {
        String field = switch (e) {
            case MissingServletRequestParameterException parameter -> snakeCase(parameter.getParameterName());
            case MissingRequestHeaderException header -> header.getHeaderName();
            default -> "";
        };
        return field.isEmpty()
                ? invalid(String.valueOf(e.getBody().getDetail()), Map.of())
                : invalid(field + ": missing", Map.of(field, "missing"));
    }

    /** What the annotations of a parameter do not allow. */
    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(HandlerMethodValidationException e) {
        Map<String, String> fields = new TreeMap<>();
        for (ParameterValidationResult result : e.getParameterValidationResults()) {
            String field = snakeCase(String.valueOf(result.getMethodParameter().getParameterName()));
            result.getResolvableErrors()
                    .forEach(error ->
                            fields.merge(field, String.valueOf(error.getDefaultMessage()), (a, b) -> a + "; " + b));
        }
        return invalid("The request has wrong parameters: " + String.join(", ", fields.keySet()), fields);
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(ExploreFault e) {
        return handle(ApiException.invalid(e.parameter(), String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(HttpMessageNotReadableException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimitFilter.TooLargeException) {
                return BodyLimitFilter.TooLargeException.answer().asResponse();
            }
        }
        JsonFault fault = JsonFault.of(e);
        return invalid(fault.message(), fault.fields());
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(SearchFault e) {
        return ApiErrorResponse.of(
                        ErrorCode.INVALID_QUERY,
                        String.valueOf(e.getMessage()),
                        Map.of(
                                "position", Integer.toString(e.position()),
                                "length", Integer.toString(e.length()),
                                "found", e.found(),
                                "expected", e.expected()))
                .asResponse();
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(SearchTimeoutException e, HttpServletResponse response) {
        if (response.isCommitted()) {
            // The container breaks the connection, which is the one way left to say that a file is not whole.
            throw e;
        }
        return ApiErrorResponse.of(
                        ErrorCode.QUERY_TIMEOUT,
                        "The search takes longer than %d s; name a project, a shorter time or fewer wildcards"
                                .formatted(Math.max(1, e.limit().toSeconds())))
                .asResponse();
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    ResponseEntity<ApiErrorResponse> handleDatabase(RuntimeException e) {
        if (DatabaseOutage.isBehind(e)) {
            LOG.atWarn().addKeyValue("error", CheckResult.Failed.of(e).cause()).log("The database does not answer");
            return ApiErrorResponse.of(ErrorCode.UNAVAILABLE, "The database does not answer; try again later")
                    .asResponse();
        }
        if (e instanceof DataIntegrityViolationException) {
            // The checks of the fields let it through, such as a character that the database has no place for.
            LOG.atWarn().addKeyValue("error", CheckResult.Failed.of(e).cause()).log("The database refused a request");
            return invalid("The request holds a value that cannot be stored or looked for", Map.of());
        }
        return handle(e);
    }

    /** The edge: what nobody foresaw is logged whole and answered without its inside. */
    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(Exception e) {
        if (e instanceof ErrorResponse framework) {
            return ApiErrorResponse.ofStatus(
                            framework.getStatusCode().value(),
                            String.valueOf(framework.getBody().getDetail()))
                    .asResponse();
        }
        if (e instanceof MultipartException) {
            return invalid("The body is no form that can be read (expected: multipart/form-data)", Map.of());
        }
        return UnforeseenFailure.of(e).asResponse();
    }

    private static ResponseEntity<ApiErrorResponse> invalid(String message, Map<String, String> fields) {
        return ApiErrorResponse.of(ErrorCode.INVALID_REQUEST, message, fields).asResponse();
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
