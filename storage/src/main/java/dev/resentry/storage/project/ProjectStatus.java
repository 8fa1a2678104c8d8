package dev.resentry.storage.project;

import java.util.Locale;

/** Whether a project takes envelopes. */
public enum ProjectStatus {
    ACTIVE,
    DISABLED,
    /** Takes nothing any more; its data is being removed, and it with the last of it. */
    DELETING;

    /**
     * The status of a word.
     *
     * @throws IllegalArgumentException if it is the word of none
     */
    public static ProjectStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
