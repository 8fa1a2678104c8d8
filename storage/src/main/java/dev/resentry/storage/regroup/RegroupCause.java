package dev.resentry.storage.regroup;

import java.util.Locale;

/** Why events are put elsewhere. */
public enum RegroupCause {
    /** Somebody wants other rules of grouping. */
    RULES,
    /** Source maps came that make stored events readable; the rules stay. */
    SOURCE_MAPS;

    /** As tables and the API have it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RegroupCause of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
