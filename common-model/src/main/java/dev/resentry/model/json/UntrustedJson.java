package dev.resentry.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON that came from senders: the one place that makes parsers and trees of it. No document changes how another one
 * is read. The parsers of an ordinary mapper share a table of the property names they have met, and one document whose
 * names collide in it makes the next ones of anybody fail; here every parser has a table of its own.
 *
 * <p>Bytes are UTF-8, with or without a byte order mark; UTF-16 and UTF-32 are not looked for. Documents are
 * bounded in tokens and in depth. Every fault of a document is a {@link JacksonException}. Immutable and safe to share between threads.
 */
public final class UntrustedJson {
    /** A tree takes up to about a hundred bytes of memory for each token, whatever the document's own length. */
    private static final int MAX_TOKENS = 1_000_000;

    /** Less than what may be written, so that what is read can be written with something around it, and read again. */
    private static final int MAX_DEPTH = 480;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxTokenCount(MAX_TOKENS)
            .maxNestingDepth(MAX_DEPTH)
            .build();

    /** As RFC 8259 has it. */
    public static final UntrustedJson STRICT = new UntrustedJson(
            JsonMapper.builder(new IsolatedSymbolJsonFactory(LIMITS)).build());

    /** With bare {@code NaN} and {@code Infinity}, as Python's JSON writes them (ingest protocol, section 4). */
    public static final UntrustedJson WITH_NON_NUMBERS =
            new UntrustedJson(JsonMapper.builder(new IsolatedSymbolJsonFactory(LIMITS))
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build());

    /** For what was written of a document that {@link #WITH_NON_NUMBERS} had read: bounded by what it was made of. */
    public static final UntrustedJson STORED =
            new UntrustedJson(JsonMapper.builder(new IsolatedSymbolJsonFactory(StreamReadConstraints.defaults()))
                    .build());

    private final JsonMapper mapper;

    private UntrustedJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** A parser of a part of some bytes; the offsets of its locations count from {@code offset}. */
    public JsonParser parser(byte[] bytes, int offset, int length) {
        return mapper.createParser(bytes, offset, length);
    }

    /**
     * Reads a document that is one JSON value and nothing behind it.
     *
     * @throws JacksonException if it is not
     */
    public JsonNode tree(byte[] bytes, int offset, int length) {
        return mapper.readTree(bytes, offset, length);
    }

    /**
     * A document that was read.
     *
     * @param isPlain whether it is sure that no text in it has NUL or half of a character, and that every number is finite
     */
    public record Document(JsonNode tree, boolean isPlain) {}

    /**
     * Reads as {@link #tree} does, and tells more.
     *
     * @throws JacksonException if it is no JSON value, or something is behind it
     */
    public Document document(byte[] bytes, int offset, int length) {
        try (JsonParser parser = parser(bytes, offset, length)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                var reader = new TreeReader(parser);
                ObjectNode object = reader.object();
                if (parser.nextToken() == null) {
                    return new Document(object, reader.isFinite() && PlainBytes.areIn(bytes, offset, length));
                }
            }
        }
        // What is no object, or has something behind it, is no document for most who ask; the mapper says what is
        // wrong.
        return new Document(tree(bytes, offset, length), false);
    }

    /**
     * Reads a document that is one JSON value and nothing behind it.
     *
     * @throws JacksonException if it is not
     */
    public JsonNode tree(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return mapper.readTree(bytes, 0, bytes.length);
    }
}
