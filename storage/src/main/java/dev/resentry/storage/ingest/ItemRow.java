package dev.resentry.storage.ingest;

/**
 * What is to be stored of an item beside the item itself. Each kind of row is a type of its own in the package of its
 * aggregate, which also has the {@link BatchStep} that writes it.
 */
public interface ItemRow {

    /** How much text it holds, in characters. */
    long weight();
}
