package dev.resentry.storage.search;

/** Texts as numbers. */
final class Numbers {
    private Numbers() {}

    /** Null for what is none, which a cast would fail at. */
    static String of(String text) {
        return "(CASE WHEN %1$s ~ '^[+-]?[0-9]{1,30}([.][0-9]{0,30})?$' THEN (%1$s)::numeric END)".formatted(text);
    }
}
