package dev.resentry.storage.release;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a release says of the code that it is of.
 *
 * @param ref what it was built from, such as a tag
 * @param refs up to which commits it goes
 * @param newest the newest commit of each repository, without files
 */
public record ReleaseSource(@Nullable String ref, List<ReleaseRef> refs, List<ReleaseCommit> newest) {
    public ReleaseSource {
        refs = List.copyOf(refs);
        newest = List.copyOf(newest);
    }
}
