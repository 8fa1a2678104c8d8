package dev.resentry.processing.sourcemap;

/** Where in the bytes of a document the fields of one map stand; texts are read when they are asked for. */
final class MapFields {
    static final int ABSENT = -1;

    boolean hasVersion;
    boolean hasSections;
    int mappings = ABSENT;
    int sourceRoot = ABSENT;
    final IntList sources = new IntList();
    final IntList contents = new IntList();
    final IntList names = new IntList();
    final IntList ignored = new IntList();
}
