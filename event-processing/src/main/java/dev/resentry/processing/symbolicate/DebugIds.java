package dev.resentry.processing.symbolicate;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The debug ids that an event knows of its files: {@code debug_meta.images} of the type {@code sourcemap}. */
public final class DebugIds {
    private static final String SOURCE_MAP = "sourcemap";

    private final Map<String, UUID> byFile = new HashMap<>();

    private DebugIds() {}

    /** An entry of {@code debug_meta.images}; what is missing is empty. */
    public record Image(String type, String codeFile, String debugId) {}

    static DebugIds of(JsonNode event) {
        return of(images(event));
    }

    private static List<Image> images(JsonNode event) {
        return event.path("debug_meta")
                .path("images")
                .valueStream()
                .map(image -> new Image(
                        image.path("type").asString(""),
                        image.path("code_file").asString(""),
                        image.path("debug_id").asString("")))
                .toList();
    }

    /** Whether an event tells any. */
    static boolean areToldBy(JsonNode event) {
        return images(event).stream().anyMatch(image -> image.type().equals(SOURCE_MAP));
    }

    /** Those that images tell; images of other types, and ids that are none, are passed over. */
    public static DebugIds of(Collection<Image> images) {
        var ids = new DebugIds();
        for (Image image : images) {
            if (image.type().equals(SOURCE_MAP)) {
                String file = FileUrl.clean(image.codeFile());
                DebugId.parse(image.debugId()).ifPresent(id -> {
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
