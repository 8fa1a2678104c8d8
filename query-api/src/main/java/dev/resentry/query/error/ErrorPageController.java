package dev.resentry.query.error;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what the server or a filter refused before any controller saw it, such as a path that hides another. */
@RestController
@Hidden
class ErrorPageController implements ErrorController {

    /** Null for an answer that had begun, such as a stream whose reader has gone: nothing can be said in it any more. */
    @RequestMapping("/error")
    @Nullable
    ResponseEntity<ApiErrorResponse> error(HttpServletRequest request, HttpServletResponse response) {
        ApiErrorResponse answer = answer(request);
        return response.isCommitted() ? null : answer.asResponse();
    }

    private static ApiErrorResponse answer(HttpServletRequest request) {
        // Asked for by its own name, it is a path like any other that leads nowhere.
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer found ? found : 404;
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure && status >= 500) {
            return UnforeseenFailure.of(failure);
        }
        HttpStatus known = HttpStatus.resolve(status);
        return ApiErrorResponse.ofStatus(status, known == null ? "The request was refused" : known.getReasonPhrase());
    }
}
