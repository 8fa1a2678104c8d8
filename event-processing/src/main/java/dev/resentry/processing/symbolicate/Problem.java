package dev.resentry.processing.symbolicate;

import dev.resentry.processing.meta.EventErrors;

/** Why a frame stays as it is, by the names that clients know. */
public enum Problem {
    NO_COLUMN(EventErrors.Kind.JS_NO_COLUMN),
    MISSING_FILE(EventErrors.Kind.JS_MISSING_SOURCE),
    MISSING_MAP(EventErrors.Kind.JS_MISSING_SOURCEMAP),
    MALFORMED_MAP(EventErrors.Kind.JS_INVALID_SOURCEMAP),
    NO_MAPPING(EventErrors.Kind.JS_INVALID_SOURCEMAP_LOCATION),
    /** There is a map, but no room for it beside the others of the event. */
    TOO_MANY_MAPS(EventErrors.Kind.JS_TOO_MANY_SOURCEMAPS),
    /** Of the program of an event, not of a frame; like the next one. */
    MISSING_MAPPING(EventErrors.Kind.PROGUARD_MISSING_MAPPING),
    INVALID_MAPPING(EventErrors.Kind.PROGUARD_INVALID_MAPPING),
    /** Of the event as a whole: something here is broken. */
    FAILED(EventErrors.Kind.JS_SYMBOLICATION_FAILED),
    /** The frame is rewritten, only its code cannot be shown. */
    MISSING_CONTENT(EventErrors.Kind.JS_MISSING_SOURCES_CONTENT);

    private final EventErrors.Kind kind;

    Problem(EventErrors.Kind kind) {
        this.kind = kind;
    }

    /** The type of the entry in an event's errors. */
    public EventErrors.Kind kind() {
        return kind;
    }
}
