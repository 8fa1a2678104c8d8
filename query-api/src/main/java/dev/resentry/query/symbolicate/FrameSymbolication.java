package dev.resentry.query.symbolicate;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.symbolicate.JavaStack;
import dev.resentry.processing.symbolicate.MinifiedFrame;
import dev.resentry.processing.symbolicate.Resolution;
import dev.resentry.processing.symbolicate.StackRetrace;
import dev.resentry.processing.symbolicate.Symbolicator;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.StoredCodeFiles;
import dev.resentry.storage.blob.BlobStore;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds what frames come from by the artifacts of a project, as it is done with events that arrive. */
record FrameSymbolication(Symbolicator symbolicator, StackRetrace retrace, ArtifactQueries artifacts, BlobStore blobs) {

    /** @param stack the oldest call first */
    List<Resolution> resolve(long project, @Nullable String release, @Nullable String dist, List<MinifiedFrame> stack) {
        var files = new StoredCodeFiles(artifacts, blobs, new ProjectId(project));
        return symbolicator
                .resolve(List.of(stack), blankToNull(release), blankToNull(dist), files)
                .getFirst();
    }

    /** @param mappings the ids of mappings of R8 or ProGuard */
    StackRetrace.Outcome retrace(long project, JavaStack stack, List<UUID> mappings) {
        return retrace.apply(stack, mappings, new StoredCodeFiles(artifacts, blobs, new ProjectId(project)));
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
