package dev.resentry.storage.regroup;

import java.util.Locale;

/** Where a regroup is in its life. */
public enum RegroupState {
    /** Its job finds out what would become of issues. */
    PREVIEWING,
    /** What would become of issues is known; nothing is changed. */
    PREVIEWED,
    /** Its job moves events. */
    APPLYING,
    APPLIED,
    /** Its job moves events back. */
    UNDOING,
    UNDONE,
    /** It is not tried any more. One that had begun to move events can be undone. */
    FAILED,
    /** The preview was ended before it was done. */
    CANCELLED;

    /** As tables and the API have it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RegroupState of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** Whether a job works on it. */
    public boolean isUnderWay() {
        return this == PREVIEWING || this == APPLYING || this == UNDOING;
    }
}
