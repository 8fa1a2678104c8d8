package dev.resentry.query.symbolicate;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.symbolicate.JavaStack;
import dev.resentry.processing.symbolicate.MinifiedFrame;
import dev.resentry.processing.symbolicate.Resolution;
import dev.resentry.processing.symbolicate.StackRetrace;
import dev.resentry.processing.symbolicate.Symbolicator;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.StoredCodeFiles;
import dev.resentry.storage.blob.BlobStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds what frames come from by the artifacts of a project, as it is done with events that arrive.
 *
 * @param turn of those who retrace, which takes several times the memory of what is read of a mapping
 */
record FrameSymbolication(
        Symbolicator symbolicator, StackRetrace retrace, ArtifactQueries artifacts, BlobStore blobs, Semaphore turn) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** @param stack the oldest call first */
    List<Resolution> resolve(long project, @Nullable String release, @Nullable String dist, List<MinifiedFrame> stack) {
        var files = new StoredCodeFiles(artifacts, blobs, new ProjectId(project));
        return symbolicator
                .resolve(List.of(stack), blankToNull(release), blankToNull(dist), files)
                .getFirst();
    }

    /**
     * Retraces stack traces, one request at a time.
     *
     * @param mappings the ids of mappings of R8 or ProGuard
     * @return what became of each, in their order
     * @throws ApiException unavailable, if others are at it for too long
     */
    List<StackRetrace.Outcome> retrace(long project, List<JavaStack> stacks, List<UUID> mappings) {
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ApiException.unavailable("Stack traces of others are being retraced; try again later", PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The server stops; try again later");
        }
        try {
            return retrace.apply(stacks, mappings, new StoredCodeFiles(artifacts, blobs, new ProjectId(project)));
        } finally {
            turn.release();
        }
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
