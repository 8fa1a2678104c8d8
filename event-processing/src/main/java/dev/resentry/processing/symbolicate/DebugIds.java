package dev.resentry.processing.symbolicate;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The debug ids that an event knows of its files: {@code debug_meta.images} of the type {@code sourcemap}. */
final class DebugIds {
    private final Map<String, UUID> byFile = new HashMap<>();

    private DebugIds() {}

    static DebugIds of(JsonNode event) {
        var ids = new DebugIds();
        for (JsonNode image : event.path("debug_meta").path("images")) {
            if (image.path("type").asString("").equals("sourcemap")) {
                String file = FileUrl.clean(image.path("code_file").asString(""));
                DebugId.parse(image.path("debug_id").asString("")).ifPresent(id -> {
                    ids.byFile.put(file, id);
                    ids.byFile.putIfAbsent(FileUrl.withoutQuery(file), id);
                });
            }
        }
        return ids;
    }

    boolean areEmpty() {
        return byFile.isEmpty();
    }

    /** The id of a file; with and without its query it is the same file, if there is no other. */
    Optional<UUID> of(String url) {
        UUID id = byFile.get(url);
        return Optional.ofNullable(id == null ? byFile.get(FileUrl.withoutQuery(url)) : id);
    }
}
