package dev.resentry.gateway.limit;

import dev.resentry.model.outcome.DataCategory;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A limit under which nothing goes through for now.
 *
 * @param categories for what; none means everything
 * @param retryAfterSeconds when it is worth trying again, 1 to 300
 */
public record ActiveLimit(Set<DataCategory> categories, Scope scope, long retryAfterSeconds, String reasonCode) {

    public ActiveLimit {
        categories = Set.copyOf(categories);
    }

    /** One part of {@code X-Sentry-Rate-Limits} (ingest protocol, section 5.1). */
    String headerPart() {
        String words = categories.stream()
                .sorted(Comparator.comparingInt(DataCategory::number))
                .map(DataCategory::wireName)
                .collect(Collectors.joining(";"));
        return "%d:%s:%s:%s".formatted(retryAfterSeconds, words, scope.wireName(), reasonCode);
    }
}
