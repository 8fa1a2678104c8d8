package dev.resentry.query.artifact;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.symbolicate.DebugId;
import dev.resentry.storage.artifact.ArtifactKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a bundle says of its files, in {@code manifest.json} (web API, section 1.3).
 *
 * @param bundleId as {@code debug_id}; not all tools write one
 */
record BundleManifest(
        @Nullable UUID bundleId,
        @Nullable String release,
        @Nullable String dist,
        List<Entry> entries) {
    static final String NAME = "manifest.json";

    /**
     * A file of the bundle.
     *
     * @param path its name in the archive
     */
    record Entry(
            String path,
            ArtifactKind kind,
            @Nullable String url,
            @Nullable UUID debugId,
            @Nullable String sourceMapRef) {
        /** What people know it by: the end of its URL, or of its path. */
        String name() {
            String whole = url == null ? path : url;
            return whole.replaceFirst("^~/", "");
        }
    }

    /** A manifest, or why it is none. */
    sealed interface Read {
        record Manifest(BundleManifest manifest) implements Read {}

        record Fault(String cause) implements Read {}
    }

    static Read read(byte[] json) {
        JsonNode root;
        try {
            root = UntrustedJson.STRICT.tree(json, 0, json.length);
        } catch (JacksonException e) {
            return new Read.Fault("%s: %s".formatted(NAME, e.getOriginalMessage()));
        }
        if (!root.path("files").isObject()) {
            return new Read.Fault(NAME + ": no object 'files'");
        }
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> file : root.path("files").properties()) {
            String place = "%s: files['%s']".formatted(NAME, file.getKey());
            String type = file.getValue().path("type").asString("");
            Optional<ArtifactKind> kind = ArtifactKind.of(type)
                    .filter(known -> known != ArtifactKind.FUNCTION_MAP && known != ArtifactKind.PROGUARD);
            if (kind.isEmpty()) {
                return new Read.Fault(
                        "%s: type '%s' (expected: minified_source, source_map, source or indexed_ram_bundle)"
                                .formatted(place, type));
            }
            String url = text(file.getValue(), "url");
            // Without a URL, people know it by its path.
            Optional<String> fault = UploadedFile.urlFault(url == null ? file.getKey() : url);
            if (fault.isPresent()) {
                return new Read.Fault("%s: %s: %s".formatted(place, url == null ? "path" : "url", fault.get()));
            }
            Map<String, String> headers = headers(file.getValue().path("headers"));
            String debugId = headers.get("debug-id");
            Optional<UUID> parsed = debugId == null ? Optional.empty() : DebugId.parse(debugId);
            if (debugId != null && parsed.isEmpty()) {
                return new Read.Fault("%s: debug-id '%s' (expected: a UUID)".formatted(place, debugId));
            }
            String map = headers.containsKey("sourcemap") ? headers.get("sourcemap") : headers.get("x-sourcemap");
            if (map != null && map.chars().anyMatch(Character::isISOControl)) {
                return new Read.Fault(place + ": sourcemap: a control character is in it (expected: none)");
            }
            entries.add(new Entry(file.getKey(), kind.get(), url, parsed.orElse(null), map));
        }
        String bundleId = text(root, "debug_id");
        return new Read.Manifest(new BundleManifest(
                bundleId == null ? null : DebugId.parse(bundleId).orElse(null),
                text(root, "release"),
                text(root, "dist"),
                List.copyOf(entries)));
    }

    private static @Nullable String text(JsonNode object, String field) {
        String text = object.path(field).asString("");
        return text.isBlank() ? null : text;
    }

    /** By their names in lower case: tools do not agree on it. */
    private static Map<String, String> headers(JsonNode headers) {
        Map<String, String> byName = new TreeMap<>();
        headers.properties()
                .forEach(header -> byName.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asString("")));
        return byName;
    }
}
