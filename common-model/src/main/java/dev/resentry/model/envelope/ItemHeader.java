package dev.resentry.model.envelope;

import dev.resentry.model.envelope.ItemType.Known;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The line before an item's payload (ingest protocol, section 2.3).
 *
 * @param length the payload's length in bytes as the header states it; -1 if it does not
 * @param json the whole header as it was sent, unknown keys too; not to be changed
 */
public record ItemHeader(ItemType type, long length, ObjectNode json) {
    private static final Set<String> NATIVE_CRASHES = Set.of("event.minidump", "event.applecrashreport");

    /** A header that states just its type. */
    public static ItemHeader of(ItemType type) {
        return new ItemHeader(type, -1, JsonNodeFactory.instance.objectNode().put("type", type.wireName()));
    }

    /** The same header with one more text field. */
    public ItemHeader with(String key, String value) {
        return new ItemHeader(type, length, json.deepCopy().put(key, value));
    }

    /** The {@code content_type}, if it is a text. */
    public @Nullable String contentType() {
        return text("content_type");
    }

    /** The {@code filename} of an attachment, if it is a text. */
    public @Nullable String filename() {
        return text("filename");
    }

    /** The {@code attachment_type} of an attachment, if it is a text (section 3.4). */
    public @Nullable String attachmentType() {
        return text("attachment_type");
    }

    /** Whether the payload is the file of a native crash, which is all there is of it (section 3.4). */
    public boolean isNativeCrash() {
        String attachmentType = attachmentType();
        return type == Known.UNREAL_REPORT
                || (type == Known.ATTACHMENT && attachmentType != null && NATIVE_CRASHES.contains(attachmentType));
    }

    /**
     * How much an item with this header is, in the unit of its category (sections 2.5 and 3.4): bytes of an attachment and at
     * least 1, entries of a container as its header states them, else 1.
     */
    public long quantity(int payloadLength) {
        if (type == Known.ATTACHMENT) {
            return Math.max(1, payloadLength);
        }
        JsonNode count = json.get("item_count");
        return count != null && count.isInt() && count.intValue() > 0 ? count.intValue() : 1;
    }

    private @Nullable String text(String key) {
        JsonNode value = json.get(key);
        return value != null && value.isString() ? value.asString() : null;
    }
}
