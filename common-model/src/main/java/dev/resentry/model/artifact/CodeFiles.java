package dev.resentry.model.artifact;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The files of one project's releases. What cannot be asked now is an exception of the keeper, which is worth another try. */
public interface CodeFiles {

    /** The newest of each debug id and kind. */
    List<CodeFile> byDebugIds(Collection<UUID> debugIds);

    /** The newest of each URL and kind of a release: those of the dist first, behind them those without one. */
    List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls);

    /** The bytes of a file; empty if they are gone. */
    Optional<byte[]> content(CodeFile file);
}
