package dev.resentry.storage.alert;

import dev.resentry.storage.VisibleProjects;
import org.jspecify.annotations.Nullable;

/**
 * Which firings are wanted.
 *
 * @param ruleId null for all rules
 * @param issueId null for all issues
 * @param now only those of rules that are on whose interval has not passed, and of issues that are unresolved or of the project
 */
public record FiringFilter(
        VisibleProjects projects,
        @Nullable Long ruleId,
        @Nullable Long issueId,
        boolean now) {}
