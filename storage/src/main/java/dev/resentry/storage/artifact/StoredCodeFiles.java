package dev.resentry.storage.artifact;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.blob.BlobHash;
import dev.resentry.storage.blob.BlobStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stored artifacts of a project, for making code readable. What cannot be read now is a
 * {@link org.springframework.dao.DataAccessException}.
 */
public record StoredCodeFiles(ArtifactQueries artifacts, BlobStore blobs, ProjectId project) implements CodeFiles {

    @Override
    public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
        return artifacts.byDebugIds(project, debugIds).stream()
                .map(StoredCodeFiles::codeFile)
                .toList();
    }

    @Override
    public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
        return artifacts.byUrls(project, release, dist, urls).stream()
                .map(StoredCodeFiles::codeFile)
                .toList();
    }

    @Override
    public Optional<byte[]> content(CodeFile file) {
        return blobs.get(new BlobHash(file.contentHash()));
    }

    private static CodeFile codeFile(ArtifactFile file) {
        return new CodeFile(
                kind(file.kind()),
                file.name(),
                file.url(),
                file.dist(),
                file.debugId(),
                file.sourceMapRef(),
                file.blob().hex(),
                file.size());
    }

    private static CodeFile.Kind kind(ArtifactKind kind) {
        return switch (kind) {
            case MINIFIED_SOURCE -> CodeFile.Kind.MINIFIED_SOURCE;
            case SOURCE_MAP -> CodeFile.Kind.SOURCE_MAP;
            case SOURCE -> CodeFile.Kind.SOURCE;
            case FUNCTION_MAP -> CodeFile.Kind.FUNCTION_MAP;
            case PROGUARD -> CodeFile.Kind.PROGUARD;
            case INDEXED_RAM_BUNDLE -> CodeFile.Kind.OTHER;
        };
    }
}
