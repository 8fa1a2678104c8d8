package dev.resentry.storage.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What people say of a release; what is null stays as it is. */
public record ReleaseDetails(
        @Nullable Instant dateReleased,
        @Nullable String ref,
        @Nullable String url,
        @Nullable Boolean archived) {}
