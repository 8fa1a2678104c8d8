package dev.resentry.storage.artifact;

import dev.resentry.storage.VisibleProjects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which files are wanted; null wants all.
 *
 * @param text what the name holds, without regard to case
 */
public record ArtifactFilter(
        VisibleProjects projects,
        @Nullable String release,
        @Nullable UUID debugId,
        @Nullable String text,
        @Nullable ArtifactKind kind) {}
