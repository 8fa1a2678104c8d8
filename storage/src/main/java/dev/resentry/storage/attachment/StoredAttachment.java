package dev.resentry.storage.attachment;

import dev.resentry.storage.blob.BlobHash;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An attachment of an event.
 *
 * @param position of its item in the envelope
 * @param attachmentType as SDKs call it; null if it was stored before that was a column
 * @param size in bytes
 * @param blob its bytes; null if they are to be cut out of the envelope, as it was stored before there were blobs
 */
public record StoredAttachment(
        UUID envelopeId,
        int position,
        String name,
        @Nullable String contentType,
        @Nullable String attachmentType,
        long size,
        @Nullable BlobHash blob) {

    /** What tells it from others: the place of its item, as envelopes, and positions in them, stay what they are. */
    public String id() {
        return "%s-%d".formatted(envelopeId, position);
    }
}
