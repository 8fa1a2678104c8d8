package dev.resentry.processing.filter;

import java.util.List;

/**
 * Parts of web applications that could not be loaded: a page that was opened before a deployment asks for files that are gone. By the
 * words of bundlers and browsers.
 */
final class ChunkLoadErrors {
    private static final String TYPE = "ChunkLoadError";

    private static final List<TextPattern> MESSAGES = TextPattern.all(List.of(
            "*Loading chunk * failed*",
            "*Loading CSS chunk * failed*",
            "*Failed to fetch dynamically imported module*",
            "*error loading dynamically imported module*",
            "*Importing a module script failed*",
            "*Unable to preload CSS for *"));

    private ChunkLoadErrors() {}

    static boolean isOne(Candidate candidate) {
        return candidate.types().anyMatch(TYPE::equals)
                || candidate.messages().anyMatch(text -> TextPattern.anyMatches(MESSAGES, text));
    }
}
