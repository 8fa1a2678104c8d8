package dev.resentry.conversion;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.outcome.DropReason;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Collects entries into containers (ingest protocol, section 2.5). Each entry repeats the attributes of its resource, so a small
 * body can become a large one: the total size is bounded, and entries are kept as bytes, not as trees.
 */
final class OtlpContainers {
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    /** From this many bytes on, a container gets no more entries. */
    private static final int FULL = 4 * 1024 * 1024;

    /** As many as a processor takes in one container. */
    private static final int MAX_ENTRIES = 10_000;

    private static final byte[] BEGIN = {'{', '"', 'i', 't', 'e', 'm', 's', '"', ':', '['};
    private static final byte[] END = {']', '}'};

    private final ItemType type;
    private final String contentType;
    private final List<EnvelopeItem> full = new ArrayList<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int entries;
    private long bytes;

    OtlpContainers(ItemType type, String contentType) {
        this.type = type;
        this.contentType = contentType;
    }

    void add(ObjectNode entry) {
        byte[] json = Json.bytes(entry);
        bytes += json.length;
        if (bytes > MAX_BYTES) {
            throw new RejectedBodyException(
                    DropReason.TOO_LARGE,
                    "with the attributes of their resources, the entries have more than %d bytes".formatted(MAX_BYTES));
        }
        open.writeBytes(entries == 0 ? BEGIN : new byte[] {','});
        open.writeBytes(json);
        entries++;
        if (open.size() >= FULL || entries >= MAX_ENTRIES) {
            close();
        }
    }

    List<EnvelopeItem> items() {
        if (entries > 0) {
            close();
        }
        return full;
    }

    private void close() {
        open.writeBytes(END);
        var header = ItemHeader.of(type).with("content_type", contentType);
        header.json().put("item_count", entries);
        full.add(EnvelopeItem.of(header, Payload.of(open.toByteArray())));
        open.reset();
        entries = 0;
    }
}
