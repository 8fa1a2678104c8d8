package dev.resentry.model.encoding;

/**
 * A part of an archive, as it is when it is not compressed.
 *
 * @param sha256 64 lower-case hex digits
 */
public record ArchivePart(String name, long bytes, String sha256) {}
