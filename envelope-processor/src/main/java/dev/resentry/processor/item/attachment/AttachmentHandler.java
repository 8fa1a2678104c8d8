package dev.resentry.processor.item.attachment;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.processor.item.ItemContext;
import dev.resentry.processor.item.ItemHandler;
import dev.resentry.processor.item.ItemResult;
import dev.resentry.storage.attachment.NewAttachment;
import dev.resentry.storage.blob.Blob;
import java.util.List;
import java.util.Set;

/** Makes attachments, of whatever type and content; an empty one is one too (ingest protocol, section 3.4). */
public final class AttachmentHandler implements ItemHandler {
    static final String UNREAL_REPORT = "unreal_report";

    private static final String PLAIN = "event.attachment";
    private static final String UNKNOWN_CONTENT = "application/octet-stream";

    @Override
    public Set<ItemType> types() {
        return Set.of(ItemType.Known.ATTACHMENT, ItemType.Known.UNREAL_REPORT);
    }

    @Override
    public ItemResult handle(EnvelopeItem item, ItemContext context) {
        ItemHeader header = item.header();
        String type = type(header);
        String contentType = header.contentType();
        return new ItemResult.Stored(
                context.headerId(),
                List.of(new NewAttachment(
                        context.headerId(),
                        AttachmentName.of(header, type, context.index()),
                        contentType == null || contentType.isBlank() ? UNKNOWN_CONTENT : contentType,
                        type,
                        Blob.of(item.payload().detached()))));
    }

    private static String type(ItemHeader header) {
        String given = header.attachmentType();
        if (given == null || given.isBlank()) {
            return header.type() == ItemType.Known.UNREAL_REPORT ? UNREAL_REPORT : PLAIN;
        }
        return given;
    }
}
