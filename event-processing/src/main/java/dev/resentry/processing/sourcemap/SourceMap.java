package dev.resentry.processing.sourcemap;

import dev.resentry.model.json.UntrustedJson;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * A source map of version 3, as one map or as one of sections. Holds the bytes it was read of and its mappings as sorted arrays; names of
 * files and of code, and the original files, are decoded when they are asked for. Immutable; to be shared between threads.
 */
public final class SourceMap {
    private final byte[] json;
    private final Mappings mappings;
    private final int[] sources;
    private final int[] roots;
    private final int[] contents;
    private final int[] names;
    private final BitSet ignored;

    /** The arrays hold where in the bytes the texts stand; the roots are one for each source. */
    SourceMap(byte[] json, Mappings mappings, int[] sources, int[] roots, int[] contents, int[] names, BitSet ignored) {
        this.json = json;
        this.mappings = mappings;
        this.sources = sources;
        this.roots = roots;
        this.contents = contents;
        this.names = names;
        this.ignored = ignored;
    }

    /** What became of reading a document. */
    public sealed interface Reading {
        /** It is a source map. */
        record Read(SourceMap map) implements Reading {}

        /** It is none, or one beyond the limits; the cause names the field or the place. */
        record Malformed(String cause) implements Reading {}
    }

    /**
     * Reads a document in one pass, in time that grows with its size, whatever it holds.
     *
     * @param json UTF-8; not to be changed as long as the map is used
     */
    public static Reading read(byte[] json, SourceMapLimits limits) {
        if (json.length > limits.maxBytes()) {
            return new Reading.Malformed("the map has %d bytes (limit: %d)".formatted(json.length, limits.maxBytes()));
        }
        try {
            return new Reading.Read(new SourceMapParser(json, limits).parse());
        } catch (MalformedMapException e) {
            return new Reading.Malformed(e.cause());
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
            return new Reading.Malformed("no JSON: byte %d: %s".formatted(at, e.getOriginalMessage()));
        }
    }

    /**
     * Where a place of the generated file comes from: the mapping that begins there, else the nearest one in front of it on the same line.
     * Nothing if there is none or if that mapping says that the code is of no original file.
     *
     * @param line counted from 0
     * @param column in UTF-16 units, counted from 0
     */
    public Optional<OriginalPosition> lookup(int line, int column) {
        int found = mappings.find(line, column);
        if (found == Mappings.NONE || mappings.source(found) == Mappings.NONE) {
            return Optional.empty();
        }
        int source = mappings.source(found);
        int name = mappings.name(found);
        return Optional.of(new OriginalPosition(
                source,
                file(source),
                mappings.originalLine(found),
                mappings.originalColumn(found),
                name == Mappings.NONE ? null : text(names[name]),
                ignored.get(source)));
    }

    /** The original name of what the mapping that begins at a place is about; nothing if none begins there or if it has no name. */
    public Optional<String> nameAt(int line, int column) {
        int found = mappings.find(line, column);
        boolean isNamed =
                found != Mappings.NONE && mappings.column(found) == column && mappings.name(found) != Mappings.NONE;
        return isNamed ? Optional.ofNullable(text(names[mappings.name(found)])) : Optional.empty();
    }

    /** Whether the map holds the text of an original file. */
    public boolean hasContent(int source) {
        return contents[source] != MapFields.ABSENT;
    }

    /** The text of an original file; nothing if the map does not hold it. */
    public Optional<String> content(int source) {
        try {
            return Optional.ofNullable(text(contents[source]));
        } catch (JacksonException _) {
            // Longer than any text that is read of JSON, or no UTF-8: of no more use than none.
            return Optional.empty();
        }
    }

    /** How many mappings there are. */
    public int size() {
        return mappings.size();
    }

    /** About how many bytes of memory the map takes. */
    public long weight() {
        return json.length + mappings.weight() + 4L * (3L * sources.length + names.length);
    }

    private @Nullable String file(int source) {
        String file = text(sources[source]);
        String root = text(roots[source]);
        if (file == null || root == null || root.isEmpty() || isAbsolute(file)) {
            return file;
        }
        return root.endsWith("/") ? root + file : root + "/" + file;
    }

    private static boolean isAbsolute(String file) {
        int scheme = file.indexOf(':');
        int slash = file.indexOf('/');
        return slash == 0 || (scheme > 0 && (slash < 0 || scheme < slash));
    }

    private @Nullable String text(int offset) {
        if (offset == MapFields.ABSENT) {
            return null;
        }
        try (JsonParser parser = UntrustedJson.STRICT.parser(json, offset, json.length - offset)) {
            parser.nextToken();
            return parser.getString();
        }
    }
}
