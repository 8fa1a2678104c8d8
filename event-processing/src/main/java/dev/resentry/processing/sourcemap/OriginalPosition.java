package dev.resentry.processing.sourcemap;

import org.jspecify.annotations.Nullable;

/**
 * A place in an original file.
 *
 * @param source the number of the file within its map, by which {@link SourceMap#content} finds its text
 * @param file its name, behind the map's {@code sourceRoot}; null if the map does not tell
 * @param line counted from 0
 * @param column in UTF-16 units, counted from 0
 * @param name what the code at this place is called in the original file, if it was renamed
 * @param ignored whether the map lists the file as code that its developers did not write
 */
public record OriginalPosition(
        int source,
        @Nullable String file,
        int line,
        int column,
        @Nullable String name,
        boolean ignored) {}
