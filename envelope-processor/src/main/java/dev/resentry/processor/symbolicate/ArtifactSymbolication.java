package dev.resentry.processor.symbolicate;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processing.normalize.NormalizedEvent;
import dev.resentry.processing.symbolicate.EventSymbolication;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.StoredCodeFiles;
import dev.resentry.storage.blob.BlobStore;

/**
 * Symbolicates by the stored artifacts. The database is asked nothing about events that are not of JavaScript, and nothing about those of
 * projects without artifacts, which yet are told which debug ids they miss.
 */
final class ArtifactSymbolication implements Symbolication {
    private final EventSymbolication symbolication;
    private final ArtifactQueries artifacts;
    private final BlobStore blobs;

    ArtifactSymbolication(EventSymbolication symbolication, ArtifactQueries artifacts, BlobStore blobs) {
        this.symbolication = symbolication;
        this.artifacts = artifacts;
        this.blobs = blobs;
    }

    @Override
    public void apply(NormalizedEvent event, ProjectId project) {
        if (!EventSymbolication.concerns(event)) {
            return;
        }
        if (artifacts.hasAny(project)) {
            symbolication.apply(event, new StoredCodeFiles(artifacts, blobs, project));
        } else if (EventSymbolication.tellsDebugIds(event)) {
            symbolication.apply(event, EventSymbolication.NO_FILES);
        }
    }
}
