package dev.resentry.query.explore;

import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows or groups of a dataset.
 *
 * @param data each with the values of its fields, by the texts that were sent
 * @param next what to send as {@code cursor} for the page behind this one; null if there is none
 */
@Schema(name = "Explored")
record ExploreResponse(
        List<Map<String, @Nullable Object>> data,
        Meta meta,
        @Nullable String next) {
    /**
     * What was looked at.
     *
     * @param fields the type of each: string, integer, number, duration (milliseconds), percentage (a part of one), date or
     *     boolean
     * @param start from which arrival on: as asked for, as far as it is kept
     */
    @Schema(name = "ExploredMeta")
    record Meta(Map<String, String> fields, Instant start, Instant end) {}

    static ExploreResponse of(ExplorePage page, List<ExploreField> fields, ExploreFilter filter) {
        return new ExploreResponse(
                page.rows(), new Meta(types(fields), filter.from(), filter.to()), ExploreCursor.write(page.next()));
    }

    private static Map<String, String> types(List<ExploreField> fields) {
        Map<String, String> types = new LinkedHashMap<>();
        fields.forEach(field -> types.put(field.text(), field.valueType().wireName()));
        return types;
    }
}
