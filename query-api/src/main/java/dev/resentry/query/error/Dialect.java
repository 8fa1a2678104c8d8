package dev.resentry.query.error;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How errors are told: below {@code /api/0} as the tools of Sentry read them, elsewhere in our own form (features, S5). */
public enum Dialect {
    NATIVE,
    SENTRY;

    private static final String SENTRY_PREFIX = "/api/0";

    /** The dialect in which a request is answered. */
    public static Dialect of(HttpServletRequest request) {
        return of(request.getRequestURI());
    }

    static Dialect of(String path) {
        return path.equals(SENTRY_PREFIX) || path.startsWith(SENTRY_PREFIX + "/") ? SENTRY : NATIVE;
    }

    /** What the body of an error is written from. */
    public Object body(ApiErrorResponse answer) {
        return switch (this) {
            case NATIVE -> answer;
            case SENTRY -> {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("detail", detail(answer));
                body.putAll(answer.ofSentry());
                yield body;
            }
        };
    }

    /** The fields and what is wrong with them are in the message, or are said behind it. */
    private static String detail(ApiErrorResponse answer) {
        Map<String, String> unsaid = answer.details().entrySet().stream()
                .filter(field -> !answer.message().contains(field.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return unsaid.isEmpty()
                ? answer.message()
                : answer.message()
                        + unsaid.entrySet().stream()
                                .map(field -> "%s: %s".formatted(field.getKey(), field.getValue()))
                                .sorted()
                                .collect(Collectors.joining("; ", " (", ")"));
    }
}
