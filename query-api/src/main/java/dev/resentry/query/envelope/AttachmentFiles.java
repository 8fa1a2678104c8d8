package dev.resentry.query.envelope;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.attachment.StoredAttachment;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.envelope.StoredEnvelope;
import dev.resentry.storage.envelope.StoredItem;
import java.util.Optional;

/** The bytes of attachments. */
public final class AttachmentFiles {
    private final AttachmentQueries attachments;
    private final BlobStore blobs;
    private final EnvelopeQueries envelopes;
    private final ItemPayloads payloads;

    AttachmentFiles(AttachmentQueries attachments, BlobStore blobs, EnvelopeQueries envelopes, ItemPayloads payloads) {
        this.attachments = attachments;
        this.blobs = blobs;
        this.envelopes = envelopes;
        this.payloads = payloads;
    }

    /** A name with the bytes of a file. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record File(String name, byte[] content) {}

    /** The file that an item is; empty if it is none, or none that is kept apart. */
    Optional<File> find(EnvelopeId envelope, int position, VisibleProjects visible) {
        return attachments.find(envelope, position, visible).flatMap(this::file);
    }

    /** The bytes of an item, wherever they are kept and whoever asks; empty if they are gone. */
    public Optional<byte[]> content(EnvelopeId envelope, int position) {
        return find(envelope, position, VisibleProjects.ALL).map(File::content).or(() -> cut(envelope, position));
    }

    private Optional<File> file(StoredAttachment attachment) {
        return attachment.blob() == null
                ? Optional.empty()
                : blobs.get(attachment.blob()).map(content -> new File(attachment.name(), content));
    }

    private Optional<byte[]> cut(EnvelopeId id, int position) {
        Optional<StoredEnvelope> envelope = envelopes.find(id);
        Optional<StoredItem> item = envelopes.items(id).stream()
                .filter(one -> one.position() == position)
                .findFirst();
        return envelope.isEmpty() || item.isEmpty()
                ? Optional.empty()
                : envelopes.body(id).flatMap(body -> payloads.cut(envelope.get(), body, item.get()));
    }
}
