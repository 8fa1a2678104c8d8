package dev.resentry.model.envelope;

import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.Dsn;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One header line: a JSON object that ends exactly where the line does (ingest protocol, section 2.1, rules 2, 3, 7 and 8).
 *
 * @param start the offset of its first byte in the envelope, for faults
 */
record HeaderLine(ObjectNode json, int start) {
    /** Keys whose repetition refuses the envelope. Other keys may repeat; the last one stands. */
    private static final Set<String> KNOWN_KEYS =
            Set.of("event_id", "dsn", "sdk", "sent_at", "trace", "type", "length", "content_type", "filename");

    private static final ObjectNode NESTED = JsonNodeFactory.instance.objectNode();

    private static final long MAX_LENGTH = 0xffff_ffffL;

    /** What may stand before a header: the blanks of JSON. */
    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    static HeaderLine read(byte[] bytes, int start, int end) throws MalformedHeaderException {
        return read(bytes, start, end, true);
    }

    /**
     * Judges a line as {@link #read} does, but keeps nothing of what is nested in it: an empty object stands for each array and
     * object. No key that the protocol gives a meaning to in a gateway has such a value.
     */
    static HeaderLine skim(byte[] bytes, int start, int end) throws MalformedHeaderException {
        return read(bytes, start, end, false);
    }

    private static HeaderLine read(byte[] bytes, int start, int end, boolean nested) throws MalformedHeaderException {
        refuseOtherEncodings(bytes, start, end);
        if (bytes[end - 1] != '}') {
            throw new MalformedHeaderException(
                    end - 1, "expected '}' and then a newline or the end, got " + described(bytes[end - 1]));
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = UntrustedJson.STRICT.parser(bytes, start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedHeaderException(start, "expected a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                if (json.has(key) && KNOWN_KEYS.contains(key)) {
                    throw new MalformedHeaderException(offsetOf(parser, start), key + ": given twice");
                }
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    json.put(key, parser.getString());
                } else if (nested || !value.isStructStart()) {
                    json.set(key, (JsonNode) parser.readValueAsTree());
                } else {
                    parser.skipChildren();
                    json.set(key, NESTED);
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedHeaderException(
                        offsetOf(parser, start), "expected a newline behind the JSON object");
            }
            return new HeaderLine(json, start);
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : Math.max(e.getLocation().getByteOffset(), 0);
            throw new MalformedHeaderException((int) (start + at), "invalid JSON: " + e.getOriginalMessage());
        }
    }

    /** JSON of other encodings would not even be framed by this protocol's newlines; say so instead of naming a stray byte. */
    private static void refuseOtherEncodings(byte[] bytes, int start, int end) throws MalformedHeaderException {
        int first = bytes[start] & 0xff;
        int second = end - start < 2 ? 1 : bytes[start + 1] & 0xff;
        if (first == 0xef && second == 0xbb) {
            throw new MalformedHeaderException(start, "byte order mark (expected: UTF-8 without one)");
        }
        if (first == 0 || second == 0 || (first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe)) {
            throw new MalformedHeaderException(start, "header in UTF-16 or UTF-32 (expected: UTF-8)");
        }
    }

    EnvelopeHeader asEnvelopeHeader() throws MalformedHeaderException {
        String eventId = text("event_id");
        String dsn = text("dsn");
        return new EnvelopeHeader(
                eventId == null
                        ? null
                        : EventId.parse(eventId).orElseThrow(() -> fault("event_id: expected 32 hex digits or a UUID")),
                dsn == null ? null : Dsn.parse(dsn).orElseThrow(() -> fault("dsn: not a DSN")),
                instant("sent_at"),
                json);
    }

    ItemHeader asItemHeader() throws MalformedHeaderException {
        String type = text("type");
        if (type == null) {
            throw fault("type: missing from the item header");
        }
        if (type.equals("integration")) {
            throw fault("type: 'integration' is reserved for servers");
        }
        text("content_type");
        text("filename");
        return new ItemHeader(ItemType.of(type), length(), json);
    }

    /** The {@code item_count}; -1 if it is not given as a whole number. Nothing is refused for it (section 2.5). */
    long itemCount() {
        JsonNode count = json.get("item_count");
        return count != null
                        && count.isIntegralNumber()
                        && count.canConvertToLong()
                        && count.asLong() >= 0
                        && count.asLong() <= MAX_LENGTH
                ? count.asLong()
                : -1;
    }

    private long length() throws MalformedHeaderException {
        JsonNode length = json.get("length");
        if (length == null || length.isNull()) {
            return -1;
        }
        if (!length.isIntegralNumber()
                || !length.canConvertToLong()
                || length.asLong() < 0
                || length.asLong() > MAX_LENGTH) {
            throw fault("length: expected a whole number from 0 to " + MAX_LENGTH);
        }
        return length.asLong();
    }

    private @Nullable Instant instant(String key) throws MalformedHeaderException {
        String text = text(key);
        if (text == null) {
            return null;
        }
        try {
            return SentAt.parse(text);
        } catch (DateTimeException _) {
            throw fault(key + ": expected a time as RFC 3339 writes it");
        }
    }

    private @Nullable String text(String key) throws MalformedHeaderException {
        JsonNode value = json.get(key);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw fault(key + ": expected a string");
        }
        return value.asString();
    }

    private MalformedHeaderException fault(String cause) {
        return new MalformedHeaderException(start, cause);
    }

    private static int offsetOf(JsonParser parser, int start) {
        return (int) (start + Math.max(parser.currentTokenLocation().getByteOffset(), 0));
    }

    private static String described(byte b) {
        return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "byte 0x%02x".formatted(b);
    }
}
