package dev.resentry.processing.sourcemap;

import dev.resentry.model.json.UntrustedJson;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a document in one pass and without a tree. Fields may come in any order, so the mappings of a map are decoded when its object
 * ends. What a map says beyond the standard is passed over.
 */
final class SourceMapParser {
    private static final int MAX_TEXT = 64 * 1024;

    private final byte[] json;
    private final int begin;
    private final MappingsBuilder mappings;
    private final IntList sources = new IntList();
    private final IntList roots = new IntList();
    private final IntList contents = new IntList();
    private final IntList names = new IntList();
    private final BitSet ignored = new BitSet();
    private int sections;
    private int sectionLine;
    private int sectionColumn;

    SourceMapParser(byte[] json, SourceMapLimits limits) {
        this.json = json;
        this.begin = begin(json);
        this.mappings = new MappingsBuilder(limits.maxMappings());
    }

    /** Behind the line with which servers keep a document from being run as a script. */
    private static int begin(byte[] json) {
        int at = 0;
        if (json.length > 3 && json[0] == ')' && json[1] == ']' && json[2] == '}') {
            while (at < json.length && json[at] != '\n' && json[at] != '\r') {
                at++;
            }
        }
        return at;
    }

    SourceMap parse() {
        try (JsonParser parser = UntrustedJson.STRICT.parser(json, begin, json.length - begin)) {
            expect(parser, parser.nextToken(), JsonToken.START_OBJECT, "document", "an object");
            MapFields map = map(parser, false);
            if (!map.hasSections) {
                append(map, 0, 0);
            }
            if (parser.nextToken() != null) {
                throw new MalformedMapException("something stands behind the document");
            }
        }
        return new SourceMap(
                json,
                mappings.build(),
                sources.toArray(),
                roots.toArray(),
                contents.toArray(),
                names.toArray(),
                ignored);
    }

    private MapFields map(JsonParser parser, boolean isSection) {
        var map = new MapFields();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "version" -> version(parser, value, map);
                case "mappings" -> {
                    expect(parser, value, JsonToken.VALUE_STRING, field, "a text");
                    map.mappings = offset(parser);
                }
                case "sourceRoot" -> map.sourceRoot = text(parser, value, field);
                case "sources" -> texts(parser, value, field, map.sources);
                case "names" -> texts(parser, value, field, map.names);
                case "sourcesContent" -> contents(parser, value, map.contents);
                case "ignoreList", "x_google_ignoreList" -> ignored(parser, value, field, map.ignored);
                case "sections" -> {
                    if (isSection) {
                        throw new MalformedMapException("sections[%d]: holds sections".formatted(sections));
                    }
                    map.hasSections = true;
                    sections(parser, value);
                }
                default -> parser.skipChildren();
            }
        }
        if (!map.hasVersion) {
            throw new MalformedMapException("version: missing; expected 3");
        }
        return map;
    }

    private static void version(JsonParser parser, JsonToken value, MapFields map) {
        boolean isThree = (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_STRING)
                && parser.getStringLength() == 1
                && parser.getString().equals("3");
        if (!isThree) {
            throw new MalformedMapException("version: expected 3");
        }
        map.hasVersion = true;
    }

    private void sections(JsonParser parser, JsonToken list) {
        expect(parser, list, JsonToken.START_ARRAY, "sections", "a list");
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            section(parser, value);
            sections++;
        }
    }

    /** A section ends where the next one begins, whatever its mappings say. */
    private void section(JsonParser parser, JsonToken value) {
        String path = "sections[%d]".formatted(sections);
        expect(parser, value, JsonToken.START_OBJECT, path, "an object");
        int[] offset = null;
        MapFields map = null;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case "offset" -> offset = offset(parser, token, path + ".offset");
                case "map" -> {
                    expect(parser, token, JsonToken.START_OBJECT, path + ".map", "an object");
                    map = map(parser, true);
                }
                default -> parser.skipChildren();
            }
        }
        if (offset == null || map == null) {
            throw new MalformedMapException(
                    "%s: expected an offset and a map; maps behind a url are not fetched".formatted(path));
        }
        boolean isBehind =
                sections == 0 || offset[0] > sectionLine || (offset[0] == sectionLine && offset[1] > sectionColumn);
        if (!isBehind) {
            throw new MalformedMapException("%s.offset: not behind the section before".formatted(path));
        }
        sectionLine = offset[0];
        sectionColumn = offset[1];
        mappings.cutAt(sectionLine, sectionColumn);
        append(map, sectionLine, sectionColumn);
    }

    private static int[] offset(JsonParser parser, JsonToken token, String path) {
        expect(parser, token, JsonToken.START_OBJECT, path, "an object");
        int[] offset = {-1, -1};
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            int part = switch (parser.currentName()) {
                case "line" -> 0;
                case "column" -> 1;
                default -> 2;
            };
            JsonToken value = parser.nextToken();
            if (part == 2) {
                parser.skipChildren();
            } else {
                offset[part] = number(parser, value, path);
            }
        }
        if (offset[0] < 0 || offset[1] < 0) {
            throw new MalformedMapException("%s: expected a line and a column".formatted(path));
        }
        return offset;
    }

    private void append(MapFields map, int line, int column) {
        if (map.mappings == MapFields.ABSENT) {
            throw new MalformedMapException("mappings: missing");
        }
        int firstSource = sources.size();
        int firstName = names.size();
        sources.addAll(map.sources);
        names.addAll(map.names);
        for (int i = 0; i < map.sources.size(); i++) {
            roots.add(map.sourceRoot);
            contents.add(i < map.contents.size() ? map.contents.get(i) : MapFields.ABSENT);
        }
        for (int i = 0; i < map.ignored.size(); i++) {
            if (map.ignored.get(i) < map.sources.size()) {
                ignored.set(firstSource + map.ignored.get(i));
            }
        }
        var scope = new MappingsDecoder.Scope(firstSource, map.sources.size(), firstName, map.names.size());
        new MappingsDecoder(json, map.mappings).decode(mappings, line, column, scope);
    }

    private void texts(JsonParser parser, JsonToken list, String field, IntList offsets) {
        offsets.clear();
        expect(parser, list, JsonToken.START_ARRAY, field, "a list");
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            offsets.add(text(parser, value, field));
        }
    }

    /** The offset of a text, which is short enough to be made again at each look; a null is none. */
    private int text(JsonParser parser, JsonToken value, String field) {
        if (value == JsonToken.VALUE_NULL) {
            return MapFields.ABSENT;
        }
        expect(parser, value, JsonToken.VALUE_STRING, field, "texts");
        int offset = offset(parser);
        if (parser.getStringLength() > MAX_TEXT) {
            throw new MalformedMapException("%s: a text of more than %d characters".formatted(field, MAX_TEXT));
        }
        return offset;
    }

    /** Sources may be long, so they are not decoded here. */
    private void contents(JsonParser parser, JsonToken list, IntList offsets) {
        offsets.clear();
        if (list == JsonToken.VALUE_NULL) {
            return;
        }
        expect(parser, list, JsonToken.START_ARRAY, "sourcesContent", "a list");
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            offsets.add(value == JsonToken.VALUE_STRING ? offset(parser) : MapFields.ABSENT);
            parser.skipChildren();
        }
    }

    private static void ignored(JsonParser parser, JsonToken list, String field, IntList indexes) {
        if (list == JsonToken.VALUE_NULL) {
            return;
        }
        expect(parser, list, JsonToken.START_ARRAY, field, "a list");
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            indexes.add(number(parser, value, field));
        }
    }

    private static int number(JsonParser parser, JsonToken value, String field) {
        expect(parser, value, JsonToken.VALUE_NUMBER_INT, field, "a whole number");
        if (parser.getNumberType() != JsonParser.NumberType.INT || parser.getIntValue() < 0) {
            throw new MalformedMapException("%s: a number that is out of bounds".formatted(field));
        }
        return parser.getIntValue();
    }

    /** Of the token that the parser is at, from the beginning of the bytes. */
    private int offset(JsonParser parser) {
        return begin + (int) parser.currentTokenLocation().getByteOffset();
    }

    private static void expect(
            JsonParser parser, @Nullable JsonToken found, JsonToken wanted, String field, String what) {
        if (found != wanted) {
            throw new MalformedMapException("%s: expected %s, got %s at byte %d"
                    .formatted(
                            field,
                            what,
                            found == null ? "nothing" : found,
                            parser.currentTokenLocation().getByteOffset()));
        }
    }
}
