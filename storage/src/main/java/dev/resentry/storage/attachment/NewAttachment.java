package dev.resentry.storage.attachment;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.ingest.ItemRow;
import org.jspecify.annotations.Nullable;

/**
 * An attachment on its way into the database.
 *
 * @param eventId the event that it belongs to
 * @param attachmentType as SDKs call it, such as {@code event.minidump}
 */
public record NewAttachment(
        @Nullable EventId eventId, String name, String contentType, String attachmentType, Blob blob)
        implements ItemRow {

    @Override
    public long weight() {
        return blob.content().source().length;
    }
}
