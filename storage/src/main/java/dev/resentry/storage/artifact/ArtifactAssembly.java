package dev.resentry.storage.artifact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that is wanted of chunks.
 *
 * @param sha1 of all chunks behind each other
 * @param projects their ids
 * @param release as the request says; the manifest of the bundle may say another one
 * @param by the e-mail address of who wants it, or the name of the token
 */
public record ArtifactAssembly(
        Sha1 sha1,
        List<Long> projects,
        @Nullable String release,
        @Nullable String dist,
        List<Sha1> chunks,
        String by) {

    public ArtifactAssembly {
        projects = projects.stream().distinct().sorted().toList();
        chunks = List.copyOf(chunks);
    }
}
