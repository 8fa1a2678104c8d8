package dev.resentry.query.artifact;

import dev.resentry.model.encoding.BoundedZip;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.Payload;
import dev.resentry.storage.artifact.NewArtifact;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.blob.Blob;
import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.blob.BlobStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes the files out of bundles and puts their bytes where blobs are, a few at a time. */
final class BundleFiles {
    static final int MAX_FILE_BYTES = 100 * 1024 * 1024;
    /** Parsed, it takes many times as much memory. */
    private static final int MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

    private static final int MAX_RATIO = 200;
    private static final BoundedZip.Limits LIMITS =
            new BoundedZip.Limits(65_534, MAX_FILE_BYTES, 2L * 1024 * 1024 * 1024, MAX_RATIO);

    /** What is in memory before it is put. */
    private static final int PUT_BYTES = 8 * 1024 * 1024;

    private final BlobStore blobs;

    BundleFiles(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** What became of a bundle: its files, whose blobs are put, or why there are none. */
    sealed interface Taken {
        record Files(BundleManifest manifest, List<NewArtifact> files) implements Taken {}

        record Fault(String cause) implements Taken {}
    }

    Taken take(Path bundle) {
        return switch (BoundedZip.open(bundle, LIMITS)) {
            case BoundedZip.Opened.NoArchive(String cause) -> new Taken.Fault("The bundle is no zip archive: " + cause);
            case BoundedZip.Opened.Archive(BoundedZip zip) -> {
                try (zip) {
                    yield take(zip);
                }
            }
        };
    }

    private Taken take(BoundedZip zip) {
        return switch (zip.read(BundleManifest.NAME, MAX_MANIFEST_BYTES)) {
            case Decoded.Content(byte[] json) ->
                switch (BundleManifest.read(json)) {
                    case BundleManifest.Read.Fault(String cause) -> new Taken.Fault(cause);
                    case BundleManifest.Read.Manifest(BundleManifest manifest) -> take(zip, manifest);
                };
            case Decoded.TooLarge(long limit) ->
                new Taken.Fault("%s: more than %d bytes (expected: at most %d)"
                        .formatted(BundleManifest.NAME, limit, MAX_MANIFEST_BYTES));
            case Decoded.Malformed malformed -> new Taken.Fault(cause(BundleManifest.NAME, malformed));
        };
    }

    private Taken take(BoundedZip zip, BundleManifest manifest) {
        List<NewArtifact> files = new ArrayList<>();
        Map<BlobHash, Blob> pending = new LinkedHashMap<>();
        long pendingBytes = 0;
        for (BundleManifest.Entry entry : manifest.entries()) {
            Decoded read = zip.read(entry.path());
            if (!(read instanceof Decoded.Content(byte[] content))) {
                return new Taken.Fault(cause(entry.path(), read));
            }
            Blob blob = Blob.of(Payload.of(content));
            files.add(new NewArtifact(
                    entry.kind(),
                    entry.name(),
                    entry.url(),
                    entry.debugId(),
                    entry.sourceMapRef(),
                    blob.hash(),
                    Sha1.of(content),
                    content.length));
            pending.put(blob.hash(), blob);
            pendingBytes += content.length;
            if (pendingBytes >= PUT_BYTES) {
                blobs.put(pending.values());
                pending.clear();
                pendingBytes = 0;
            }
        }
        if (!pending.isEmpty()) {
            blobs.put(pending.values());
        }
        return new Taken.Files(manifest, List.copyOf(files));
    }

    private static String cause(String name, Decoded fault) {
        return switch (fault) {
            case Decoded.Malformed malformed -> "The bundle cannot be read: " + malformed.cause();
            case Decoded.TooLarge(long limit) ->
                "'%s': more than %d bytes (expected: at most %d for a file, 2 GiB for a bundle, and %d times the bundle's own size)"
                        .formatted(name, limit, MAX_FILE_BYTES, MAX_RATIO);
            case Decoded.Content _ -> "'%s' cannot be read".formatted(name);
        };
    }
}
