package dev.resentry.processing.sourcemap;

import java.util.Arrays;

/** Gathers mappings line by line and brings those of each line into order. Of several at one place the last one counts. */
final class MappingsBuilder {
    private final int maxMappings;
    private final IntList lines = new IntList();
    private final IntList starts = new IntList();
    private int[] columns = {};
    private int[] sources = {};
    private int[] originalLines = {};
    private int[] originalColumns = {};
    private int[] names = {};
    private int size;
    private boolean isLineSorted = true;

    MappingsBuilder(int maxMappings) {
        this.maxMappings = maxMappings;
    }

    /** Makes room for so many more. */
    void expect(int more) {
        long needed = (long) size + more;
        if (needed > maxMappings) {
            throw new MalformedMapException("mappings: more than %d".formatted(maxMappings));
        }
        if (needed > columns.length) {
            int capacity = (int) Math.min(maxMappings, Math.max(needed, size + size / 2L));
            columns = Arrays.copyOf(columns, capacity);
            sources = Arrays.copyOf(sources, capacity);
            originalLines = Arrays.copyOf(originalLines, capacity);
            originalColumns = Arrays.copyOf(originalColumns, capacity);
            names = Arrays.copyOf(names, capacity);
        }
    }

    /** Adds a mapping; lines never go back. */
    void add(int line, int column, int source, int originalLine, int originalColumn, int name) {
        if (lines.size() == 0 || lines.last() != line) {
            endLine();
            lines.add(line);
            starts.add(size);
        } else if (columns[size - 1] > column) {
            isLineSorted = false;
        }
        columns[size] = column;
        sources[size] = source;
        originalLines[size] = originalLine;
        originalColumns[size] = originalColumn;
        names[size] = name;
        size++;
    }

    /** Takes out what lies at or behind a place, where the next section begins. */
    void cutAt(int line, int column) {
        endLine();
        while (size > 0 && (lines.last() > line || (lines.last() == line && columns[size - 1] >= column))) {
            size--;
            if (starts.last() == size) {
                lines.removeLast();
                starts.removeLast();
            }
        }
    }

    Mappings build() {
        endLine();
        starts.add(size);
        return new Mappings(lines.toArray(), starts.toArray(), columns, sources, originalLines, originalColumns, names);
    }

    private void endLine() {
        if (!isLineSorted) {
            sort(starts.last());
            isLineSorted = true;
        }
    }

    private void sort(int from) {
        long[] order = new long[size - from];
        for (int i = 0; i < order.length; i++) {
            order[i] = (long) columns[from + i] << Integer.SIZE | i;
        }
        Arrays.sort(order);
        permute(columns, from, order);
        permute(sources, from, order);
        permute(originalLines, from, order);
        permute(originalColumns, from, order);
        permute(names, from, order);
    }

    private static void permute(int[] values, int from, long[] order) {
        int[] given = Arrays.copyOfRange(values, from, from + order.length);
        for (int i = 0; i < order.length; i++) {
            values[from + i] = given[(int) order[i]];
        }
    }
}
