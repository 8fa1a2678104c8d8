package dev.resentry.storage.release;

import java.util.Locale;

/** What a list of releases is sorted by, the greatest first. The words are part of the API. */
public enum ReleaseSort {
    /** When it was released or first seen. */
    DATE("'' COLLATE \"C\"", "r.date"),
    /** By semantic versioning; versions of other kinds come last, by date. */
    VERSION("r.sort_key", "r.date"),
    /** When something of it was last seen, to the minute. */
    LAST_EVENT("'' COLLATE \"C\"", "coalesce(r.last_seen, timestamptz 'epoch')");

    private final String key;
    private final String time;

    ReleaseSort(String key, String time) {
        this.key = key;
        this.time = time;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The expressions on {@code releases r} that a {@link ReleasePosition} has the values of. */
    String key() {
        return key;
    }

    String time() {
        return time;
    }

    /** The same as a row. */
    String row() {
        return this == VERSION ? "(r.sort_key, r.date, r.id)" : "(%s, r.id)".formatted(time);
    }

    /** The parameters of a position as such a row. */
    String behind() {
        return this == VERSION
                ? "(:key COLLATE \"C\", :at::timestamptz, :id::bigint)"
                : "(:at::timestamptz, :id::bigint)";
    }

    String order() {
        return this == VERSION ? "r.sort_key DESC, r.date DESC, r.id DESC" : "%s DESC, r.id DESC".formatted(time);
    }
}
