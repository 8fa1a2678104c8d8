package dev.resentry.query.explore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.explore.ExplorePosition;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Positions as texts that callers hand back. */
public final class ExploreCursor {
    private static final JsonMapper JSON = JsonMapper.shared();

    private ExploreCursor() {}

    public static @Nullable String write(@Nullable ExplorePosition position) {
        if (position == null) {
            return null;
        }
        ArrayNode parts = JSON.createArrayNode().add(position.given());
        position.values().forEach(parts::add);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(parts.toString().getBytes(UTF_8));
    }

    public static @Nullable ExplorePosition read(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            JsonNode parts = JSON.readTree(Base64.getUrlDecoder().decode(cursor));
            if (parts.isArray()
                    && parts.size() > 1
                    && parts.path(0).isInt()
                    && parts.path(0).intValue() >= 0) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i < parts.size(); i++) {
                    JsonNode part = parts.path(i);
                    values.add(part.isString() ? part.stringValue() : null);
                }
                return ExplorePosition.of(values, parts.path(0).intValue());
            }
        } catch (IllegalArgumentException | JacksonException _) {
            // Answered below.
        }
        throw ApiException.invalid("cursor", "not a cursor that this API gave");
    }
}
