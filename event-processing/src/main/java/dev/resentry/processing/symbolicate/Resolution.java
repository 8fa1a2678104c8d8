package dev.resentry.processing.symbolicate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a frame. */
public sealed interface Resolution {

    /** The names under which its file or its map were looked for, in order. */
    List<String> lookedFor();

    /** By what the map was found. */
    enum By {
        DEBUG_ID,
        RELEASE,
        FUNCTION_MAP;

        /** As events have it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * It comes from an original file.
     *
     * @param map the name of the map
     * @param path the whole name of the file
     * @param file its name for people
     * @param line counted from 1
     * @param column counted from 1
     * @param function empty if it has no name
     * @param inApp whether it is of the program itself; null if the map does not tell
     * @param context null if the file's text is nowhere
     */
    record Original(
            List<String> lookedFor,
            By by,
            String map,
            String path,
            String file,
            String module,
            int line,
            int column,
            String function,
            @Nullable Boolean inApp,
            @Nullable Context context)
            implements Resolution {}

    /** The lines around the place. */
    record Context(List<String> before, String line, List<String> after) {}

    /**
     * It stays as it is.
     *
     * @param reason what is missing or wrong and what to do, for people
     */
    record Unresolved(List<String> lookedFor, Problem problem, String reason) implements Resolution {}

    /** It is of no file that could have been uploaded. */
    record NoFile() implements Resolution {
        @Override
        public List<String> lookedFor() {
            return List.of();
        }
    }
}
