package dev.resentry.query.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processing.symbolicate.DebugId;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.artifact.ArtifactKind;
import dev.resentry.storage.artifact.NewArtifact;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * What can be told of a file that comes alone from its name and its bytes.
 *
 * @param url {@code ~/} and the name, unless the name is a URL already
 */
record UploadedFile(
        String name,
        String url,
        ArtifactKind kind,
        @Nullable UUID debugId,
        @Nullable String sourceMapRef) {
    private static final int MAX_NAME = 1_000;
    /** Comments about maps are at the end of the code. */
    private static final int LOOKED_AT = 4 * 1024;

    private static final List<String> CODE = List.of(".js", ".mjs", ".cjs", ".jsbundle");
    private static final Pattern MAP_COMMENT = Pattern.compile("(?m)^//[#@]\\s*sourceMappingURL=(\\S+)\\s*$");
    private static final Pattern DEBUG_ID_COMMENT = Pattern.compile("(?m)^//[#@]\\s*debugId=(\\S+)\\s*$");

    /**
     * @param name a file's name, a path or a URL
     * @throws ApiException if the name is none, or the file is not what its name says
     */
    static UploadedFile of(String name, byte[] content) {
        String stripped = name.strip();
        String url = checkedUrl(stripped);
        String path = url.replaceFirst("[?#].*$", "");
        String shown = stripped.replaceFirst("^~/", "");
        Optional<Head> head = Head.read(content);
        if (head.isPresent() && head.get().isSourceMap()) {
            return new UploadedFile(
                    shown, url, ArtifactKind.SOURCE_MAP, head.get().debugId(), null);
        }
        if (path.endsWith(".map")) {
            throw ApiException.invalid("file", "'%s' is no source map of version 3".formatted(shown));
        }
        if (CODE.stream().anyMatch(path::endsWith)) {
            String end = new String(
                    content, Math.max(0, content.length - LOOKED_AT), Math.min(content.length, LOOKED_AT), UTF_8);
            String debugId = last(DEBUG_ID_COMMENT, end);
            return new UploadedFile(
                    shown,
                    url,
                    ArtifactKind.MINIFIED_SOURCE,
                    debugId == null ? null : DebugId.parse(debugId).orElse(null),
                    last(MAP_COMMENT, end));
        }
        return new UploadedFile(shown, url, ArtifactKind.SOURCE, null, null);
    }

    /**
     * The URL of a file.
     *
     * @param name without blanks around it
     * @throws ApiException if it is none
     */
    static String checkedUrl(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw ApiException.invalid("name", "%d characters (expected: 1 to %d)".formatted(name.length(), MAX_NAME));
        }
        String url = url(name);
        urlFault(url).ifPresent(fault -> {
            throw ApiException.invalid("name", fault);
        });
        return url;
    }

    /** What is wrong with a URL that somebody gave a file; empty if nothing is. */
    static Optional<String> urlFault(String url) {
        if (url.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("a control character is in it (expected: none)");
        }
        int bytes = url.getBytes(UTF_8).length;
        return bytes > NewArtifact.MAX_URL_BYTES
                ? Optional.of("%d bytes (expected: at most %d)".formatted(bytes, NewArtifact.MAX_URL_BYTES))
                : Optional.empty();
    }

    private static String url(String name) {
        return name.startsWith("~/") || name.matches("(?i)[a-z][a-z0-9+.-]*://.*")
                ? name
                : "~/" + name.replaceFirst("^(?:\\./|/)+", "");
    }

    /** A reference that is the map itself is no place to look for one. */
    private static @Nullable String last(Pattern comment, String text) {
        Matcher matcher = comment.matcher(text);
        String found = null;
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found == null || found.startsWith("data:") ? null : found;
    }

    /** The top of a JSON document, read without keeping the rest. */
    private record Head(boolean isSourceMap, @Nullable UUID debugId) {
        static Optional<Head> read(byte[] content) {
            boolean version3 = false;
            boolean mappings = false;
            UUID debugId = null;
            try (JsonParser parser = UntrustedJson.STRICT.parser(content, 0, content.length)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    return Optional.empty();
                }
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String field = parser.currentName();
                    JsonToken value = parser.nextToken();
                    switch (field) {
                        case "version" -> version3 = value == JsonToken.VALUE_NUMBER_INT && parser.getIntValue() == 3;
                        case "mappings", "sections" -> mappings = true;
                        case "debug_id", "debugId" -> {
                            if (value == JsonToken.VALUE_STRING && debugId == null) {
                                debugId = DebugId.parse(parser.getString()).orElse(null);
                            }
                        }
                        default -> {}
                    }
                    parser.skipChildren();
                }
            } catch (StreamConstraintsException _) {
                // So many names and sources that the rest is not looked at; whoever reads the map has limits of its
                // own.
                return Optional.of(new Head(true, debugId));
            } catch (JacksonException _) {
                return Optional.empty();
            }
            return Optional.of(new Head(version3 && mappings, debugId));
        }
    }
}
