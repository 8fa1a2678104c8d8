package dev.resentry.query.error;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Answers requests that no controller takes: unknown paths, methods, media types. They belong to no dialect, so this advice
 * cannot be limited to one; it handles nothing that comes out of a controller.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class UnmatchedRequestAdvice {

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(NoResourceFoundException e) {
        return notFound(e.getHttpMethod() + " /" + e.getResourcePath());
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(NoHandlerFoundException e) {
        return notFound(e.getHttpMethod() + " " + e.getRequestURL());
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(HttpRequestMethodNotSupportedException e) {
        return answered(e, e.getHeaders());
    }

    @ExceptionHandler
    ResponseEntity<ApiErrorResponse> handle(HttpMediaTypeException e) {
        return answered(e, e.getHeaders());
    }

    private static ResponseEntity<ApiErrorResponse> notFound(String what) {
        return ApiErrorResponse.of(ErrorCode.NOT_FOUND, "There is no " + what).asResponse();
    }

    private static ResponseEntity<ApiErrorResponse> answered(ErrorResponse found, HttpHeaders headers) {
        ResponseEntity<ApiErrorResponse> answer = ApiErrorResponse.ofStatus(
                        found.getStatusCode().value(),
                        String.valueOf(found.getBody().getDetail()))
                .asResponse();
        return ResponseEntity.status(answer.getStatusCode())
                .headers(headers)
                .headers(answer.getHeaders())
                .body(answer.getBody());
    }
}
