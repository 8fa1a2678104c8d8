package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.storage.rollup.IssueTag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tag key of an issue.
 *
 * @param uniqueValues how many values are counted apart: of a key that has more, 1,000
 */
record SentryTag(String key, String name, long uniqueValues, long totalValues, List<Value> topValues) {

    /** A value; when it was first there is not known. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Value(
            String key,
            String name,
            String value,
            long count,
            @Nullable Instant lastSeen,
            String query) {}

    static SentryTag of(IssueTag tag, int top) {
        List<Value> values = tag.values().stream()
                .filter(value -> !value.value().isEmpty())
                .map(value -> new Value(
                        tag.key(),
                        value.value(),
                        value.value(),
                        value.events(),
                        value.lastSeen(),
                        "%s:\"%s\"".formatted(tag.key(), value.value().replace("\"", "\\\""))))
                .toList();
        return new SentryTag(
                tag.key(),
                tag.key(),
                tag.distinctValues(),
                tag.events(),
                values.subList(0, Math.min(top, values.size())));
    }
}
