package dev.resentry.query.envelope;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.attachment.StoredAttachment;
import dev.resentry.storage.blob.BlobStore;
import java.util.Optional;

/** The attachments that are kept apart from their envelopes. */
final class AttachmentFiles {
    private final AttachmentQueries attachments;
    private final BlobStore blobs;

    AttachmentFiles(AttachmentQueries attachments, BlobStore blobs) {
        this.attachments = attachments;
        this.blobs = blobs;
    }

    /** A name with the bytes of a file. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record File(String name, byte[] content) {}

    /** The file that an item is; empty if it is none, or none that is kept apart. */
    Optional<File> find(EnvelopeId envelope, int position) {
        return attachments.find(envelope, position).flatMap(this::file);
    }

    private Optional<File> file(StoredAttachment attachment) {
        return attachment.blob() == null
                ? Optional.empty()
                : blobs.get(attachment.blob()).map(content -> new File(attachment.name(), content));
    }
}
