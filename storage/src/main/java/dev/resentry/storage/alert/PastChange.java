package dev.resentry.storage.alert;

import java.time.Instant;

/** That an issue came back by itself. */
public record PastChange(long issueId, Kind kind, Instant at) {
    /** What happened to it. */
    public enum Kind {
        /** It was resolved. */
        REGRESSION,
        /** It was ignored until something that has come. */
        UNIGNORED,
        /** It was ignored, and happens far more often. */
        ESCALATING
    }
}
