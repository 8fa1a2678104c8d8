package dev.resentry.storage.artifact;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Files that came together.
 *
 * @param bundleId as the manifest has it; one with the same takes the place of the one before
 * @param sha1 of what was uploaded
 * @param size of what was uploaded, in bytes
 * @param by the e-mail address of who uploaded it, or the name of the token
 */
public record NewBundle(
        UUID bundleId,
        Sha1 sha1,
        @Nullable String release,
        @Nullable String dist,
        long size,
        List<NewArtifact> files,
        String by) {

    public NewBundle {
        files = List.copyOf(files);
    }
}
