package dev.resentry.model.envelope;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.BoundedDecoder.Head;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.event.EventId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.project.Dsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the headers of an envelope at bounded cost: all that a gateway needs to know of a body. Of an encoded body only the first
 * {@value #WINDOW} decoded bytes are read; of a plain one the headers of at most {@value #MAX_ITEMS} items, wherever they are.
 * Nothing behind the first line is validated.
 */
public final class EnvelopePreview {
    /** How much is decoded at most, and how long a header line may be, in bytes. */
    public static final int WINDOW = 8 * 1024;

    /** Where the first line of nearly every envelope has ended, in bytes. */
    private static final int FIRST_LOOK = 512;

    /** How many items are looked at. */
    public static final int MAX_ITEMS = 100;

    private EnvelopePreview() {}

    /** What the first line of an envelope says. */
    public sealed interface HeaderSummary {

        /** The header is there and sound. */
        record Sound(@Nullable EventId eventId, @Nullable Dsn dsn) implements HeaderSummary {}

        /** The first line is longer than the window; the processor, which reads the whole body, validates it. */
        record BeyondPreview() implements HeaderSummary {}

        /** The body cannot be decoded from its first byte on, or its header is broken. */
        record Broken(String cause) implements HeaderSummary {}
    }

    /**
     * The items of an envelope.
     *
     * @param items in their order, up to the first that cannot be seen or is framed wrongly
     * @param whole whether these are all items: the end of the envelope was seen and nothing before it is framed wrongly
     */
    public record ItemSummaries(List<ItemSummary> items, boolean whole) {
        /** No item is known. */
        public static final ItemSummaries NONE = new ItemSummaries(List.of(), false);

        public ItemSummaries {
            items = List.copyOf(items);
        }

        /** The one item that a body is. */
        public static ItemSummaries only(ItemSummary item) {
            return new ItemSummaries(List.of(item), true);
        }
    }

    /**
     * What the header of an item says of it.
     *
     * @param length of the payload, in bytes; -1 if its end was not read
     * @param itemCount how many entries a container says it holds; -1 if it says nothing, or not with a whole number
     * @param nativeCrash see {@link ItemHeader#isNativeCrash}
     */
    public record ItemSummary(ItemType type, long length, long itemCount, boolean nativeCrash) {

        public ItemSummary(ItemType type, long length, long itemCount) {
            this(type, length, itemCount, false);
        }

        /** An item of which nothing but its type is known. */
        public static ItemSummary of(ItemType type) {
            return new ItemSummary(type, -1, -1);
        }

        public ItemSummary withLength(long bytes) {
            return new ItemSummary(type, bytes, itemCount, nativeCrash);
        }
    }

    /** Reads the first line of an envelope, and decodes little more than that. */
    public static HeaderSummary peekHeader(ContentEncoding encoding, byte[] body) {
        Head head = lineOf(encoding, body);
        byte[] bytes = head.bytes();
        if (bytes.length == 0) {
            return new HeaderSummary.Broken(
                    head.whole() ? "byte 0: the envelope has no header" : "the body is not valid " + encoding.token());
        }
        int window = Math.min(bytes.length, WINDOW);
        int start = behindBlanks(bytes, 0, window);
        int end = endOfLine(bytes, start, window);
        if (end == window && (window < bytes.length || (window == WINDOW && !head.whole()))) {
            return new HeaderSummary.BeyondPreview();
        }
        if (start == end) {
            return new HeaderSummary.Broken("byte %d: the envelope has no header".formatted(start));
        }
        try {
            EnvelopeHeader header = HeaderLine.skim(bytes, start, end).asEnvelopeHeader();
            return new HeaderSummary.Sound(header.eventId(), header.dsn());
        } catch (MalformedHeaderException e) {
            return new HeaderSummary.Broken(e.asParse().toString());
        }
    }

    /** Reads the headers of the items within the window, whatever the first line says. */
    public static ItemSummaries peekItems(ContentEncoding encoding, byte[] body) {
        Head head = encoding == ContentEncoding.IDENTITY
                ? new Head(body, true)
                : BoundedDecoder.head(encoding, body, WINDOW);
        return itemsOf(head, WINDOW, MAX_ITEMS);
    }

    /**
     * Reads the headers of all items, within the limits of {@link EnvelopeReader}. The cost depends on the sender, so this is
     * only for envelopes where a decision depends on their items.
     */
    public static ItemSummaries survey(byte[] content) {
        return itemsOf(
                new Head(content, true), EnvelopeLimits.DEFAULT.maxHeaderBytes(), EnvelopeLimits.DEFAULT.maxItems());
    }

    private static ItemSummaries itemsOf(Head head, int maxLine, int maxItems) {
        byte[] bytes = head.bytes();
        int end = endOfLine(bytes, behindBlanks(bytes, 0, bytes.length), bytes.length);
        var look = new ItemWalk(head, behindNewline(bytes, end), maxLine, maxItems);
        boolean whole = look.untilTheEnd();
        return new ItemSummaries(look.items, whole);
    }

    /** Decodes the first line; a small part of the body suffices for nearly all. */
    private static Head lineOf(ContentEncoding encoding, byte[] body) {
        if (encoding == ContentEncoding.IDENTITY) {
            return new Head(body, true);
        }
        Head head = BoundedDecoder.head(encoding, body, FIRST_LOOK);
        byte[] bytes = head.bytes();
        int end = endOfLine(bytes, behindBlanks(bytes, 0, bytes.length), bytes.length);
        return bytes.length == FIRST_LOOK && end == FIRST_LOOK ? BoundedDecoder.head(encoding, body, WINDOW) : head;
    }

    /**
     * Looks for {@code event_id} at the top level of an event's JSON. Empty if it does not lie within the window or is not
     * an event id.
     */
    public static Optional<EventId> peekEventId(ContentEncoding encoding, byte[] body) {
        byte[] head = BoundedDecoder.head(encoding, body, WINDOW).bytes();
        return eventIdOf(new Payload(head, 0, head.length));
    }

    /** The {@code event_id} at the top level of JSON that may break off. */
    static Optional<EventId> eventIdOf(Payload json) {
        try (JsonParser parser = UntrustedJson.WITH_NON_NUMBERS.parser(json.source(), json.offset(), json.length())) {
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

    /** Steps from item to item by their lengths, up to the first that is framed wrongly or ends beyond the bytes. */
    private static final class ItemWalk {
        private final byte[] bytes;
        private final boolean endIsSeen;
        private final List<ItemSummary> items = new ArrayList<>();
        private final int maxLine;
        private final int maxItems;
        private int position;

        ItemWalk(Head head, int position, int maxLine, int maxItems) {
            this.bytes = head.bytes();
            this.endIsSeen = head.whole();
            this.position = position;
            this.maxLine = maxLine;
            this.maxItems = maxItems;
        }

        /** Whether the end of the envelope was reached. */
        boolean untilTheEnd() {
            while (position < bytes.length) {
                if (items.size() == maxItems || !item()) {
                    return false;
                }
            }
            return endIsSeen;
        }

        private boolean item() {
            int start = behindBlanks(bytes, position, limit(position));
            int end = endOfLine(bytes, start, limit(start));
            boolean cut = end < bytes.length ? bytes[end] != '\n' : !endIsSeen;
            if (start == end || cut) {
                return false;
            }
            try {
                HeaderLine line = HeaderLine.skim(bytes, start, end);
                return payload(line.asItemHeader(), line.itemCount(), behindNewline(bytes, end));
            } catch (MalformedHeaderException _) {
                return false;
            }
        }

        private boolean payload(ItemHeader header, long itemCount, int start) {
            long end = header.length() < 0 ? endOfLine(bytes, start, bytes.length) : start + header.length();
            if (end > bytes.length ? endIsSeen : end < bytes.length && bytes[(int) end] != '\n') {
                return false;
            }
            boolean beyond = header.length() < 0 && end == bytes.length && !endIsSeen;
            items.add(new ItemSummary(header.type(), beyond ? -1 : end - start, itemCount, header.isNativeCrash()));
            position = end > bytes.length ? bytes.length : behindNewline(bytes, (int) end);
            return true;
        }

        private int limit(int from) {
            return (int) Math.min(bytes.length, (long) from + maxLine);
        }
    }

    private static int behindBlanks(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && HeaderLine.isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private static int endOfLine(byte[] bytes, int from, int limit) {
        int end = from;
        while (end < limit && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static int behindNewline(byte[] bytes, int end) {
        return end < bytes.length ? end + 1 : end;
    }
}
