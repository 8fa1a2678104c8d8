package dev.resentry.processing.symbolicate;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A frame as an engine tells it.
 *
 * @param url the file as {@link FileUrl#clean} has it
 * @param line counted from 1; 0 if it is not known
 * @param column counted from 1; 0 if it is not known
 * @param function empty if it has no name
 * @param debugId of the file
 */
public record MinifiedFrame(
        String url,
        int line,
        int column,
        String function,
        @Nullable UUID debugId) {

    /** A frame whose file is written as its sender writes it. */
    public static MinifiedFrame of(String path, int line, int column, String function, @Nullable UUID debugId) {
        return new MinifiedFrame(FileUrl.clean(path), line, column, function, debugId);
    }

    /** The same with what is known of its file, if anything is. */
    public MinifiedFrame with(DebugIds debugIds) {
        return new MinifiedFrame(url, line, column, function, debugIds.of(url).orElse(debugId));
    }

    /** Whether it is a place in a file that may have been uploaded. */
    boolean isOfFile() {
        return line > 0 && FileUrl.isFile(url);
    }
}
