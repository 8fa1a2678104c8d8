package dev.resentry.query.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.service.http.RefusedTargetException;
import dev.resentry.service.http.SafeHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;

/** Reads the {@code /api/0} of another server. */
final class OtherServer {
    private static final Pattern NEXT =
            Pattern.compile("rel=\"next\";\\s*results=\"true\";\\s*cursor=\"([^\"]{1,200})\"");
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MAX_MESSAGE = 200;

    private final SafeHttp http;
    private final String url;
    private final String organization;
    private final String token;

    OtherServer(SafeHttp http, String url, String organization, String token) {
        this.http = http;
        this.url = url;
        this.organization = organization;
        this.token = token;
    }

    /**
     * A page of a list.
     *
     * @param next the cursor of the next one; null if there is none
     */
    record Page(JsonNode entries, @Nullable String next) {}

    /** The server has no more for us at the moment. */
    static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Duration retryAfter;

        BusyException(Duration retryAfter) {
            super("the other server asks to wait");
            this.retryAfter = retryAfter;
        }

        Duration retryAfter() {
            return retryAfter;
        }
    }

    /** What is asked for is no more. */
    static final class GoneException extends RuntimeException {
        private static final long serialVersionUID = 1;

        GoneException(String route) {
            super(route);
        }
    }

    /** A page is more than is read of one. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final @Nullable String next;

        TooLargeException(String route, @Nullable String next) {
            super("the answer to %s is too large".formatted(route));
            this.next = next;
        }

        /** The cursor of the page behind it; null if there is none. */
        @Nullable
        String next() {
            return next;
        }
    }

    /** The server failed, or did not answer in time; it may do so if it is asked again, or for less. */
    static final class FailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The server refuses, and would refuse again. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    Page projects(@Nullable String cursor) {
        return page("/projects/", "", cursor);
    }

    Page issues(String projectId, int limit, @Nullable String cursor) {
        return page(
                "/issues/",
                "query=&sort=date&statsPeriod=90d&project=%s&limit=%d".formatted(encoded(projectId), limit),
                cursor);
    }

    /** The events of an issue, whole, the newest first. */
    Page events(String issueId, int limit, @Nullable String cursor) {
        return page("/issues/%s/events/".formatted(encoded(issueId)), "full=true&per_page=" + limit, cursor);
    }

    /** The same without what is in them: their ids. */
    Page eventSummaries(String issueId, int limit, @Nullable String cursor) {
        return page("/issues/%s/events/".formatted(encoded(issueId)), "per_page=" + limit, cursor);
    }

    /** The comments on an issue, the newest first. */
    Page comments(String issueId, @Nullable String cursor) {
        return page("/issues/%s/comments/".formatted(encoded(issueId)), "", cursor);
    }

    private Page page(String path, String query, @Nullable String cursor) {
        String parameters = cursor == null ? query : query + (query.isEmpty() ? "" : "&") + "cursor=" + encoded(cursor);
        String route = "/api/0/organizations/" + encoded(organization) + path;
        URI uri = URI.create(url + route + (parameters.isEmpty() ? "" : "?" + parameters));
        SafeHttp.Answer answer;
        try {
            answer = http.send(new SafeHttp.Request(
                    "GET", uri, Map.of("Authorization", "Bearer " + token, "Accept", "application/json"), ""));
        } catch (RefusedTargetException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new FailedException("%s does not answer".formatted(url), e);
        }
        if (answer.status() == 404 && path.startsWith("/issues/") && path.length() > "/issues/".length()) {
            throw new GoneException(route);
        }
        return switch (answer.status()) {
            case 200 -> page(answer, route);
            case 429, 503 ->
                throw new BusyException(
                        answer.header("retry-after").map(OtherServer::seconds).orElse(PAUSE));
            case 401, 403, 404 ->
                throw new RefusedException(
                        "%s answers %s with %d: %s".formatted(url, route, answer.status(), shortened(answer.body())));
            default -> {
                String told =
                        "%s answers %s with %d: %s".formatted(url, route, answer.status(), shortened(answer.body()));
                throw answer.status() >= 500 ? new FailedException(told, null) : new IllegalStateException(told);
            }
        };
    }

    private static Page page(SafeHttp.Answer answer, String route) {
        String next = answer.header("link").map(OtherServer::next).orElse(null);
        if (answer.cut()) {
            throw new TooLargeException(route, next);
        }
        try {
            JsonNode json = UntrustedJson.STRICT.tree(answer.body());
            if (json.isArray()) {
                return new Page(json, next);
            }
        } catch (StreamConstraintsException _) {
            throw new TooLargeException(route, next);
        } catch (JacksonException e) {
            throw new IllegalStateException("the answer to %s is no JSON".formatted(route), e);
        }
        throw new IllegalStateException("the answer to %s is no list".formatted(route));
    }

    private static @Nullable String next(String link) {
        Matcher matcher = NEXT.matcher(link);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static Duration seconds(String retryAfter) {
        if (!retryAfter.strip().matches("[0-9]{1,9}")) {
            return PAUSE;
        }
        Duration wanted = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter.strip())));
        return wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
    }

    private static String shortened(String body) {
        return body.length() <= MAX_MESSAGE ? body : body.substring(0, MAX_MESSAGE);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
