package dev.resentry.storage.release;

import java.time.Instant;

/**
 * Where a page of releases begins: behind the one with these values.
 *
 * @param sortKey of its version; empty in lists that are not by version
 * @param at its date, or when it was last seen
 */
public record ReleasePosition(String sortKey, Instant at, long id) {

    /** Before every release; no sort key is above a tilde. */
    public static final ReleasePosition FIRST =
            new ReleasePosition("~", Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);
}
