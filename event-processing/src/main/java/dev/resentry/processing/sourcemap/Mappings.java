package dev.resentry.processing.sourcemap;

import java.util.Arrays;

/**
 * The mappings of a map in the order of the generated file. Lines without mappings take no memory, so that a line of any number costs
 * nothing.
 */
final class Mappings {
    /** In place of a source or a name: the mapping has none. */
    static final int NONE = -1;

    private final int[] lines;
    private final int[] starts;
    private final int[] columns;
    private final int[] sources;
    private final int[] originalLines;
    private final int[] originalColumns;
    private final int[] names;

    /**
     * @param lines the generated lines that have mappings, ascending
     * @param starts for each of them the index of its first mapping, and behind the last one how many mappings there are
     */
    Mappings(
            int[] lines,
            int[] starts,
            int[] columns,
            int[] sources,
            int[] originalLines,
            int[] originalColumns,
            int[] names) {
        this.lines = lines;
        this.starts = starts;
        this.columns = columns;
        this.sources = sources;
        this.originalLines = originalLines;
        this.originalColumns = originalColumns;
        this.names = names;
    }

    /** The index of the last mapping of a line that begins at or in front of a column; {@link #NONE} if there is none. */
    int find(int line, int column) {
        int at = Arrays.binarySearch(lines, line);
        if (at < 0) {
            return NONE;
        }
        int low = starts[at];
        int high = starts[at + 1];
        int first = low;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (columns[middle] <= column) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == first ? NONE : low - 1;
    }

    int column(int mapping) {
        return columns[mapping];
    }

    int source(int mapping) {
        return sources[mapping];
    }

    int originalLine(int mapping) {
        return originalLines[mapping];
    }

    int originalColumn(int mapping) {
        return originalColumns[mapping];
    }

    int name(int mapping) {
        return names[mapping];
    }

    int size() {
        return starts[starts.length - 1];
    }

    /** How many bytes of memory they take. */
    long weight() {
        return 4L * (lines.length + starts.length) + 20L * columns.length;
    }
}
