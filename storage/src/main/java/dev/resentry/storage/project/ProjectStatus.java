package dev.resentry.storage.project;

import java.util.Locale;

/** Whether a project takes envelopes. */
public enum ProjectStatus {
    ACTIVE,
    DISABLED,
    /** Takes nothing any more; its data is being removed, and it with the last of it. */
    DELETING;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
