package dev.resentry.processing.group;

import dev.resentry.model.issue.GroupingHash;
import org.jspecify.annotations.Nullable;

/**
 * What grouping found.
 *
 * @param primary decides the issue
 * @param secondary over all frames of the stack, where {@code primary} is over those of the program only; an event whose primary
 *     hash is unknown may belong to the issue of this one. Null where there is no second answer
 * @param titleByRule the title that a fingerprint rule gives; null if none does
 */
public record GroupingResult(
        GroupingHash primary,
        @Nullable GroupingHash secondary,
        GroupingExplanation explanation,
        @Nullable String titleByRule) {}
