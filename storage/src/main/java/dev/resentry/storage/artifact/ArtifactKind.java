package dev.resentry.storage.artifact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a file is to the code of a release; the words are those of the manifests of bundles, and our own for a function map. */
public enum ArtifactKind {
    MINIFIED_SOURCE,
    SOURCE_MAP,
    SOURCE,
    /** Original names of functions, without a source map. */
    FUNCTION_MAP,
    INDEXED_RAM_BUNDLE,
    /** The mapping of R8 or ProGuard, which is found by its debug id. */
    PROGUARD;

    /** As tables and the API have it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a {@link #wireName}; empty if there is none. */
    public static Optional<ArtifactKind> of(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName().equals(wireName))
                .findFirst();
    }
}
