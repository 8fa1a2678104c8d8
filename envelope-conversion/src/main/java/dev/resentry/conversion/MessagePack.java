package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads MessagePack, in which Crashpad's client writes the event and the breadcrumbs of a crash (msgpack.org, specification).
 * Binary data and extensions read as null.
 */
final class MessagePack {
    private static final int MAX_DEPTH = 64;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ByteBuffer in;

    private MessagePack(ByteBuffer in) {
        this.in = in;
    }

    /** The first value of the content; empty if it is none or breaks off. */
    static Optional<JsonNode> read(ByteBuffer content) {
        try {
            return Optional.of(new MessagePack(content).value(0));
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private JsonNode value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("more than %d levels".formatted(MAX_DEPTH));
        }
        int type = in.get() & 0xff;
        if (type < 0x80) {
            return JSON.numberNode(type);
        }
        if (type >= 0xe0) {
            return JSON.numberNode((byte) type);
        }
        if (type < 0x90) {
            return map(type & 0x0f, depth);
        }
        if (type < 0xa0) {
            return array(type & 0x0f, depth);
        }
        if (type < 0xc0) {
            return JSON.stringNode(text(type & 0x1f));
        }
        return switch (type) {
            case 0xc2 -> JSON.booleanNode(false);
            case 0xc3 -> JSON.booleanNode(true);
            case 0xc4 -> skipped(in.get() & 0xff);
            case 0xc5 -> skipped(in.getShort() & 0xffff);
            case 0xc6 -> skipped(in.getInt());
            case 0xc7 -> skipped(1 + (in.get() & 0xff));
            case 0xc8 -> skipped(1 + (in.getShort() & 0xffff));
            case 0xc9 -> skipped(Math.addExact(1, in.getInt()));
            case 0xca -> JSON.numberNode(in.getFloat());
            case 0xcb -> JSON.numberNode(in.getDouble());
            case 0xcc -> JSON.numberNode(in.get() & 0xff);
            case 0xcd -> JSON.numberNode(in.getShort() & 0xffff);
            case 0xce -> JSON.numberNode(Integer.toUnsignedLong(in.getInt()));
            case 0xcf, 0xd3 -> JSON.numberNode(in.getLong());
            case 0xd0 -> JSON.numberNode(in.get());
            case 0xd1 -> JSON.numberNode(in.getShort());
            case 0xd2 -> JSON.numberNode(in.getInt());
            case 0xd4 -> skipped(2);
            case 0xd5 -> skipped(3);
            case 0xd6 -> skipped(5);
            case 0xd7 -> skipped(9);
            case 0xd8 -> skipped(17);
            case 0xd9 -> JSON.stringNode(text(in.get() & 0xff));
            case 0xda -> JSON.stringNode(text(in.getShort() & 0xffff));
            case 0xdb -> JSON.stringNode(text(in.getInt()));
            case 0xdc -> array(in.getShort() & 0xffff, depth);
            case 0xdd -> array(in.getInt(), depth);
            case 0xde -> map(in.getShort() & 0xffff, depth);
            case 0xdf -> map(in.getInt(), depth);
            default -> JSON.nullNode();
        };
    }

    private ObjectNode map(int size, int depth) {
        ObjectNode map = JSON.objectNode();
        int entries = bounded(size);
        for (int i = 0; i < entries; i++) {
            JsonNode key = value(depth + 1);
            map.set(key.asString(""), value(depth + 1));
        }
        return map;
    }

    private ArrayNode array(int size, int depth) {
        ArrayNode array = JSON.arrayNode();
        int entries = bounded(size);
        for (int i = 0; i < entries; i++) {
            array.add(value(depth + 1));
        }
        return array;
    }

    private String text(int length) {
        byte[] bytes = new byte[bounded(length)];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }

    private JsonNode skipped(int length) {
        in.position(in.position() + bounded(length));
        return JSON.nullNode();
    }

    /** A size that can be, as every value has a byte at least. */
    private int bounded(int size) {
        if (size < 0 || size > in.remaining()) {
            throw new IllegalArgumentException("%d bytes or values with %d bytes left".formatted(size, in.remaining()));
        }
        return size;
    }

    /** All values of the content, up to where it is no MessagePack. */
    static ArrayNode readAll(ByteBuffer content) {
        ArrayNode values = JSON.arrayNode();
        while (content.hasRemaining()) {
            @Nullable JsonNode value = read(content).orElse(null);
            if (value == null) {
                break;
            }
            values.add(value);
        }
        return values;
    }
}
