package dev.resentry.gateway.limit;

import dev.resentry.model.outcome.DataCategory;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is let through of a request.
 *
 * @param limited the categories asked for that are not let through
 * @param active every limit that its sender should heed from now on, also for categories that were not asked for
 */
public record Decision(Set<DataCategory> limited, List<ActiveLimit> active) {
    /** All goes through, and nothing is to be said about it. */
    public static final Decision ADMITTED = new Decision(Set.of(), List.of());

    public Decision {
        limited = Set.copyOf(limited);
        active = List.copyOf(active);
    }

    /** Why a category is limited: the reason code of a limit that counts it; empty if none does. */
    public Optional<String> reasonFor(DataCategory category) {
        return active.stream()
                .filter(limit ->
                        limit.categories().isEmpty() || limit.categories().contains(category))
                .map(ActiveLimit::reasonCode)
                .findFirst();
    }

    /** The value of {@code X-Sentry-Rate-Limits}, for any status; empty if there is nothing to say. */
    public Optional<String> rateLimitsHeader() {
        return active.isEmpty()
                ? Optional.empty()
                : Optional.of(active.stream().map(ActiveLimit::headerPart).collect(Collectors.joining(", ")));
    }

    /** The value of {@code Retry-After}, only for status 429: the longest limit, in seconds. */
    public OptionalLong retryAfterSeconds() {
        return active.stream().mapToLong(ActiveLimit::retryAfterSeconds).max();
    }
}
