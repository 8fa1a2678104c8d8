package dev.resentry.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that came from senders, each document with a table of property names of its own.
 *
 * <p>Parsers of one factory share such a table, and in Jackson 3.1.5 one document of some 2,000 names that fall on the same place
 * leaves it broken: the next documents of anyone fail. A table for each costs about a microsecond.
 */
public final class SenderJson {
    /** Takes nothing behind the end of a document. */
    private static final JsonMapper DOCUMENTS = JsonMapper.shared();

    private static final ObjectReader VALUES =
            DOCUMENTS.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SenderJson() {}

    /** A parser of UTF-8, which the caller closes. */
    public static JsonParser parser(byte[] bytes, int offset, int length) {
        return new JsonFactory().createParser(ObjectReadContext.empty(), bytes, offset, length);
    }

    /**
     * Reads a document that may hold {@code NaN} and {@code Infinity}, as Python's JSON writes them bare (ingest protocol, section
     * 4).
     *
     * @throws JacksonException if it is none, or something stands behind it
     */
    public static JsonNode readTree(byte[] bytes, int offset, int length) {
        JsonFactory factory = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            return readWhole(parser);
        }
    }

    /** Reads a document strictly. */
    public static JsonNode readTree(byte[] bytes) {
        try (JsonParser parser = parser(bytes, 0, bytes.length)) {
            return readWhole(parser);
        }
    }

    /** Reads a document that was stored. */
    public static JsonNode readTree(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return readTree(bytes, 0, bytes.length);
    }

    /** Reads the value that a parser stands on. */
    public static JsonNode readValue(JsonParser parser) {
        return VALUES.readTree(parser);
    }

    private static JsonNode readWhole(JsonParser parser) {
        JsonNode node = DOCUMENTS.readTree(parser);
        return node == null ? DOCUMENTS.missingNode() : node;
    }
}
