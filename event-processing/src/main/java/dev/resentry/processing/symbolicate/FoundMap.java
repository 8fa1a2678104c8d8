package dev.resentry.processing.symbolicate;

import dev.resentry.processing.sourcemap.SourceMap;
import java.util.List;

/** What there is for a minified file. */
sealed interface FoundMap {

    /** The names under which it was looked for. */
    List<String> lookedFor();

    /**
     * A source map.
     *
     * @param hash the same for maps with the same content
     * @param base to which its sources are relative; empty if it is not known
     */
    record Mapped(List<String> lookedFor, SourceMap map, String hash, String name, String base, Resolution.By by)
            implements FoundMap {}

    /** Names of functions only. */
    record Functions(List<String> lookedFor, FunctionMap map, String name) implements FoundMap {}

    /** Nothing that helps. */
    record Missing(List<String> lookedFor, Problem problem, String reason) implements FoundMap {}
}
