package dev.resentry.processing.symbolicate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The ids that an event knows of the mappings of its program: {@code debug_meta.images} of the type {@code proguard}. */
final class MappingIds {
    private static final String PROGUARD = "proguard";

    /** A program has one, or one for each of a few modules. */
    private static final int MOST = 10;

    private MappingIds() {}

    static List<UUID> of(JsonNode event) {
        LinkedHashSet<UUID> ids = new LinkedHashSet<>();
        for (JsonNode image : event.path("debug_meta").path("images")) {
            if (image.path("type").asString("").equals(PROGUARD) && ids.size() < MOST) {
                id(image).ifPresent(ids::add);
            }
        }
        return List.copyOf(ids);
    }

    private static Optional<UUID> id(JsonNode image) {
        return DebugId.parse(image.path("uuid").asString(""))
                .or(() -> DebugId.parse(image.path("debug_id").asString("")));
    }
}
