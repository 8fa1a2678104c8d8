package dev.resentry.processing.sourcemap;

/**
 * How much one source map may hold. A read map takes its own bytes and 20 bytes of memory for each mapping.
 *
 * @param maxBytes how large the document may be
 * @param maxMappings how many mappings it may have, those of all of its sections together
 */
public record SourceMapLimits(int maxBytes, int maxMappings) {
    public static final SourceMapLimits DEFAULT = new SourceMapLimits(50 * 1024 * 1024, 10_000_000);
}
