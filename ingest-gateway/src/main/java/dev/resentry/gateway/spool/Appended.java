package dev.resentry.gateway.spool;

/** What became of an append. */
public sealed interface Appended {

    /** It is on the disk: it survives a kill and a power cut. */
    record Kept() implements Appended {}

    /** There is no room by one of the bounds; nothing was written. */
    record Full(String cause) implements Appended {}

    /** The disk failed. It may turn up all the same. */
    record Failed(String cause) implements Appended {}
}
