package dev.resentry.model.envelope;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.SenderJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * A look at the beginning of a body: all that a gateway may know of what is inside. Of an encoded body at most {@value #WINDOW}
 * decoded bytes are looked at; in one that is not encoded, headers of items are found by skipping over their payloads.
 */
public final class BodyHead {
    /** How much is decoded at most, in bytes. */
    public static final int WINDOW = 8 * 1024;

    /** Enough for any envelope an SDK makes; what holds more items is left to the processor. */
    private static final int MAX_ITEMS = 100;

    private BodyHead() {}

    /** What the first line of an envelope says. */
    public sealed interface EnvelopePeek {

        /**
         * The header is there and sound.
         *
         * @param items those whose headers can be seen
         * @param whole whether these are all
         */
        record Seen(EnvelopeHeader header, List<SeenItem> items, boolean whole) implements EnvelopePeek {}

        /** The first line is longer than the window; whoever reads the whole body will judge it. */
        record BeyondWindow() implements EnvelopePeek {}

        /** The body cannot be decoded from its first byte on, or its header is broken. */
        record Broken(String cause) implements EnvelopePeek {}
    }

    /**
     * An item whose header was seen.
     *
     * @param length of the payload in bytes; -1 if unknown
     * @param itemCount how many entries it says it holds; -1 if it does not say
     */
    public record SeenItem(ItemType type, long length, long itemCount) {
        public static SeenItem of(ItemType type) {
            return new SeenItem(type, -1, -1);
        }

        public SeenItem withLength(long bytes) {
            return new SeenItem(type, bytes, itemCount);
        }
    }

    /** Looks at the first line of an envelope, and at the headers of as many items as can be seen. */
    public static EnvelopePeek peekEnvelope(ContentEncoding encoding, byte[] body) {
        boolean plain = encoding == ContentEncoding.IDENTITY;
        byte[] head = plain ? body : BoundedDecoder.head(encoding, body, WINDOW);
        if (head.length == 0) {
            return new EnvelopePeek.Broken("the body is not valid " + encoding.token());
        }
        int start = skipBlanks(head, 0);
        int end = endOfLine(head, start);
        if (end - start > WINDOW || (end == head.length && !plain && head.length == WINDOW)) {
            return new EnvelopePeek.BeyondWindow();
        }
        if (start == end) {
            return new EnvelopePeek.Broken("byte %d: the envelope has no header".formatted(start));
        }
        try {
            EnvelopeHeader header = HeaderLine.read(head, start, end).asEnvelopeHeader();
            List<SeenItem> items = new ArrayList<>(2);
            // Of an encoded body that fits into the window, nobody can tell whether it breaks off at its end.
            boolean all = seeItems(head, end + 1, items) && plain;
            return new EnvelopePeek.Seen(header, items, all);
        } catch (MalformedHeaderException e) {
            return new EnvelopePeek.Broken(e.asParse().toString());
        }
    }

    /**
     * Looks for {@code event_id} at the top level of an event's JSON. Empty if it does not lie within the window or is not
     * an event id.
     */
    public static Optional<EventId> peekEventId(ContentEncoding encoding, byte[] body) {
        byte[] head = BoundedDecoder.head(encoding, body, WINDOW);
        try (JsonParser parser = SenderJson.parser(head, 0, head.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String key = parser.currentName();
                JsonToken value = parser.nextToken();
                if (key.equals("event_id")) {
                    return value == JsonToken.VALUE_STRING ? EventId.parse(parser.getString()) : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException _) {
            // The window cuts most events off in the middle.
            return Optional.empty();
        }
    }

    /** Skips from header to header; whether the end of the envelope was reached in order. */
    private static boolean seeItems(byte[] bytes, int from, List<SeenItem> items) {
        int at = from;
        while (items.size() < MAX_ITEMS) {
            at = skipBlanks(bytes, at);
            if (at >= bytes.length) {
                return true;
            }
            int end = endOfLine(bytes, at);
            if (end - at > WINDOW) {
                return false;
            }
            try {
                ItemHeader header = HeaderLine.read(bytes, at, end).asItemHeader();
                int payload = Math.min(end + 1, bytes.length);
                boolean implicit = header.length() < 0;
                long length = implicit ? endOfLine(bytes, payload) - payload : header.length();
                items.add(new SeenItem(header.type(), length, itemCount(header)));
                long next = payload + length;
                if (next > bytes.length || (next < bytes.length && bytes[(int) next] != '\n')) {
                    return false;
                }
                at = (int) Math.min(next + 1, bytes.length);
            } catch (MalformedHeaderException _) {
                // Framing behind the first line is the processor's to judge.
                return false;
            }
        }
        return false;
    }

    private static long itemCount(ItemHeader header) {
        JsonNode count = header.json().get("item_count");
        return count != null && count.isIntegralNumber() && count.canConvertToLong() && count.asLong() >= 0
                ? count.asLong()
                : -1;
    }

    private static int skipBlanks(byte[] bytes, int from) {
        int at = from;
        while (at < bytes.length && HeaderLine.isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static int endOfLine(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }
}
