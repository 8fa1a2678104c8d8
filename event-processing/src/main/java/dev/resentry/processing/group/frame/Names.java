package dev.resentry.processing.group.frame;

import org.jspecify.annotations.Nullable;

/**
 * The names of a frame in their normal form.
 *
 * @param unit the class, module or file; empty if there is none
 * @param function empty if it has no name
 * @param ignored why the frame as a whole says nothing; null if it does
 */
record Names(String unit, String function, @Nullable String ignored) {
    Names(String unit, String function) {
        this(unit, function, null);
    }

    static Names ignored(String unit, String function, String why) {
        return new Names(unit, function, why);
    }
}
