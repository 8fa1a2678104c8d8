package dev.resentry.storage;

import java.time.Instant;

/** Where a page of a list by time begins whose entries have numbers: behind the one of this time and id. */
public record DatedPosition(Instant at, long id) {

    /** Before every entry. */
    public static final DatedPosition NEWEST = new DatedPosition(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);
}
