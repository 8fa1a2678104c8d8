package dev.resentry.storage.expiry;

import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.blob.BlobSweep;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Removes blobs that nothing refers to. One walk through all of them is one round of a run. */
final class ExpiredBlobs implements ExpiryStep {
    private final BlobSweep sweep;
    private @Nullable BlobHash after;

    ExpiredBlobs(BlobSweep sweep) {
        this.sweep = sweep;
    }

    @Override
    public String name() {
        return "blobs";
    }

    @Override
    public Removed removeSome(Instant now) {
        BlobSweep.Step step = after == null ? sweep.step() : sweep.step(after);
        after = step.next().orElse(null);
        return new Removed(step.removed(), after != null);
    }
}
