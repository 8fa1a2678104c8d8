package dev.resentry.processing.symbolicate;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells what the keeper of files cannot answer now, which is worth another try, from what is broken here. */
final class AskedFiles implements CodeFiles {
    private final CodeFiles files;
    private @Nullable RuntimeException failure;

    AskedFiles(CodeFiles files) {
        this.files = files;
    }

    boolean hasFailed() {
        return failure != null;
    }

    @Override
    public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
        return ask(() -> files.byDebugIds(debugIds));
    }

    @Override
    public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
        return ask(() -> files.byUrls(release, dist, urls));
    }

    @Override
    public Optional<byte[]> content(CodeFile file) {
        return ask(() -> files.content(file));
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }
}
