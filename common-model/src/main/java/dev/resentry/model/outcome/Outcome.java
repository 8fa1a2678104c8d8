package dev.resentry.model.outcome;

/** The final fate of an envelope or of one of its items. Each has exactly one. */
public sealed interface Outcome {

    /** Kept; an event is grouped and can be found. */
    record Stored() implements Outcome {}

    /** Something with the same identity was stored before. */
    record Duplicate() implements Outcome {}

    /** Could not be understood or kept; its bytes are in the dead letters or in the stored envelope. */
    record Dropped(DropReason reason, String cause) implements Outcome {}

    /** The word for this outcome in the database and in APIs. */
    default String wireName() {
        return switch (this) {
            case Stored _ -> "stored";
            case Duplicate _ -> "duplicate";
            case Dropped _ -> "dropped";
        };
    }
}
