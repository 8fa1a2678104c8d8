package dev.resentry.model.outcome;

import java.util.Locale;

/** How far a record of topic {@code envelopes} came before it failed. The words are part of the API: they are never renamed. */
public enum FailureStage {
    /** Reading the record, or undoing the encoding of its body. */
    DECODE,
    /** Making an envelope and its items of the body. */
    SPLIT,
    /** Making of an item what is to be stored of it. */
    ITEM,
    /** Finding its project. */
    PROJECT,
    /** Writing it to the database. */
    STORE;

    /** The word for this stage in the database and in APIs. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage at which a whole envelope fails for a reason. */
    public static FailureStage of(DropReason reason) {
        return switch (reason) {
            case INVALID_RECORD, INVALID_ENCODING, TOO_LARGE -> DECODE;
            case UNKNOWN_PROJECT, PROJECT_DELETED, PERSON_DELETED -> PROJECT;
            case REFUSED_BY_DATABASE -> STORE;
            case INVALID_ENVELOPE,
                    INVALID_JSON,
                    INVALID_ITEM,
                    INVALID_MULTIPART,
                    INVALID_MINIDUMP,
                    INVALID_PROTOBUF,
                    RATE_LIMITED,
                    EXPIRED,
                    DISCARDED,
                    INTERNAL -> SPLIT;
        };
    }
}
