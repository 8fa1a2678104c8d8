package dev.resentry.processor.symbolicate;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.symbolicate.EventSymbolication;
import dev.resentry.processing.symbolicate.Symbolicator;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.StoredCodeFiles;
import dev.resentry.storage.blob.BlobStore;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Symbolicates by the stored artifacts. The database is asked nothing about events without frames of JavaScript, nothing about those of
 * projects without artifacts, which yet are told which debug ids they miss, and nothing again for a few seconds about files that it does not
 * have.
 */
final class ArtifactSymbolication implements Symbolication {
    private static final Logger LOG = LoggerFactory.getLogger(ArtifactSymbolication.class);

    private final EventSymbolication symbolication;
    private final ArtifactQueries artifacts;
    private final BlobStore blobs;
    private final MissedFiles missed;

    ArtifactSymbolication(Symbolicator symbolicator, ArtifactQueries artifacts, BlobStore blobs, MissedFiles missed) {
        this.symbolication = new EventSymbolication(
                symbolicator,
                (event, cause) -> LOG.atError()
                        .setCause(cause)
                        .addKeyValue("event_id", event)
                        .log("Event could not be symbolicated, and stays minified"));
        this.artifacts = artifacts;
        this.blobs = blobs;
        this.missed = missed;
    }

    @Override
    public void apply(NormalizedEvent event, ProjectId project) {
        if (!EventSymbolication.concerns(event)) {
            return;
        }
        Optional<Long> newest = artifacts.newest(project);
        if (newest.isPresent()) {
            symbolication.apply(
                    event, missed.leavingOut(project, newest.get(), new StoredCodeFiles(artifacts, blobs, project)));
        } else if (EventSymbolication.tellsDebugIds(event)) {
            symbolication.apply(event, EventSymbolication.NO_FILES);
        }
    }
}
