package dev.resentry.processing.symbolicate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An original file: its lines, and what its functions are called. To be shared between threads. */
final class OriginalSource {
    /** Larger files are shown, but their functions are not looked for. */
    private static final int MAX_SCANNED = 2 * 1024 * 1024;

    private static final int CONTEXT_LINES = 5;

    private final String text;
    private final int[] lineStarts;
    private final @Nullable FunctionNames functions;

    OriginalSource(String text) {
        this.text = text;
        this.lineStarts = lineStarts(text);
        this.functions = text.length() > MAX_SCANNED ? null : new FunctionNames(text);
    }

    /**
     * The lines around a place, each cut to what fits on a screen; empty if the file has no such line.
     *
     * @param line counted from 0
     * @param column counted from 0
     */
    Optional<Resolution.Context> context(int line, int column) {
        if (line >= lineStarts.length) {
            return Optional.empty();
        }
        return Optional.of(new Resolution.Context(
                lines(Math.max(0, line - CONTEXT_LINES), line, column),
                LineCut.around(line(line), column),
                lines(line + 1, Math.min(lineStarts.length, line + 1 + CONTEXT_LINES), column)));
    }

    /** The name of the function around a place; empty if it has none. */
    Optional<String> function(int line, int column) {
        if (functions == null || line >= lineStarts.length) {
            return Optional.empty();
        }
        return functions.at(Math.min(lineStarts[line] + column, text.length()));
    }

    /** About how many bytes of memory it takes. */
    long weight() {
        return 2L * text.length() + 4L * lineStarts.length + (functions == null ? 0 : functions.weight()) + 64;
    }

    private List<String> lines(int from, int to, int column) {
        return IntStream.range(from, to)
                .mapToObj(line -> LineCut.around(line(line), column))
                .toList();
    }

    private String line(int line) {
        int end = line + 1 < lineStarts.length ? lineStarts[line + 1] - 1 : text.length();
        int start = lineStarts[line];
        return text.substring(start, end > start && text.charAt(end - 1) == '\r' ? end - 1 : end);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[64];
        int size = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
            }
            starts[size++] = at + 1;
        }
        return Arrays.copyOf(starts, size);
    }
}
