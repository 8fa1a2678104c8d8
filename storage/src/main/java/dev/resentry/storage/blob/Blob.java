package dev.resentry.storage.blob;

import dev.resentry.model.envelope.Payload;

/** Bytes with their hash. */
public record Blob(BlobHash hash, Payload content) {

    public static Blob of(Payload content) {
        return new Blob(BlobHash.of(content), content);
    }
}
