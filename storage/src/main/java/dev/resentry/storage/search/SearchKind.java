package dev.resentry.storage.search;

import java.util.Locale;

/** What a field holds, which decides what may be asked of it. */
public enum SearchKind {
    /** A text: equal, or alike with wildcards. */
    TEXT,
    /** A text of which a part is enough. */
    PHRASE,
    /** One of a few words. */
    WORD,
    NUMBER,
    /** In milliseconds. */
    DURATION,
    /** In bytes. */
    SIZE,
    DATE,
    BOOLEAN,
    /** 32 hex digits. */
    UUID,
    /** A person or a team. */
    ASSIGNEE;

    /** The word in the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
