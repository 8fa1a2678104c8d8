package dev.resentry.model.envelope;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.SenderJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A look at the beginning of a body, at most {@value #WINDOW} decoded bytes: all that a gateway may know of what is inside.
 */
public final class BodyHead {
    /** How much is decoded at most, in bytes. */
    public static final int WINDOW = 8 * 1024;

    private BodyHead() {}

    /** What the first line of an envelope says. */
    public sealed interface EnvelopePeek {

        /**
         * The header is there and sound.
         *
         * @param firstItem the type of the first item, if its header lies within the window too
         */
        record Seen(EnvelopeHeader header, @Nullable ItemType firstItem) implements EnvelopePeek {}

        /** The first line is longer than the window; whoever reads the whole body will judge it. */
        record BeyondWindow() implements EnvelopePeek {}

        /** The body cannot be decoded from its first byte on, or its header is broken. */
        record Broken(String cause) implements EnvelopePeek {}
    }

    /** Looks at the first line of an envelope. */
    public static EnvelopePeek peekEnvelope(ContentEncoding encoding, byte[] body) {
        byte[] head = BoundedDecoder.head(encoding, body, WINDOW);
        if (head.length == 0) {
            return new EnvelopePeek.Broken("the body is not valid " + encoding.token());
        }
        int start = 0;
        while (start < head.length && head[start] <= ' ' && head[start] >= 0) {
            start++;
        }
        int end = endOfLine(head, start);
        if (end == head.length && head.length == WINDOW) {
            return new EnvelopePeek.BeyondWindow();
        }
        if (start == end) {
            return new EnvelopePeek.Broken("byte %d: the envelope has no header".formatted(start));
        }
        try {
            EnvelopeHeader header = HeaderLine.read(head, start, end).asEnvelopeHeader();
            return new EnvelopePeek.Seen(header, firstItem(head, end + 1));
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
        try (JsonParser parser = SenderJson.WITH_NON_NUMBERS.parser(head, 0, head.length)) {
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

    private static @Nullable ItemType firstItem(byte[] head, int start) {
        if (start >= head.length) {
            return null;
        }
        try {
            int end = endOfLine(head, start);
            return start == end
                    ? null
                    : HeaderLine.read(head, start, end).asItemHeader().type();
        } catch (MalformedHeaderException _) {
            // Framing behind the first line is the processor's to judge.
            return null;
        }
    }

    private static int endOfLine(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }
}
