package dev.resentry.query.auth;

import dev.resentry.query.error.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each token of one kind may be used, for this process. */
final class TokenRate {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int requestsPerMinute;

    /** By token, so there are no more of them than tokens. */
    private final Map<Long, Window> windows = new ConcurrentHashMap<>();

    TokenRate(int requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    private record Window(Instant end, int requests) {}

    /**
     * Counts a use of a token.
     *
     * @throws ApiException rate limited, if it was used too often within a minute
     */
    void count(long id, Instant now) {
        Window window = windows.merge(
                id,
                new Window(now.plus(WINDOW), 1),
                (old, fresh) -> old.end().isAfter(now) ? new Window(old.end(), old.requests() + 1) : fresh);
        if (window.requests() > requestsPerMinute) {
            throw ApiException.rateLimited(
                    "The token was used more than %d times within a minute".formatted(requestsPerMinute),
                    Duration.between(now, window.end()));
        }
    }
}
