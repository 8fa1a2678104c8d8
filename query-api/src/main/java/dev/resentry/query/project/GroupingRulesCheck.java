package dev.resentry.query.project;

import dev.resentry.processing.group.GroupingRules;
import dev.resentry.query.error.ApiException;

/** Whether texts that people write are rules of grouping. */
public final class GroupingRulesCheck {
    /** Characters of each text. */
    public static final int MAX_TEXT = 50_000;

    private GroupingRulesCheck() {}

    /**
     * Ends the request unless both are.
     *
     * @throws ApiException invalid, with the field, the line and the column
     */
    public static void require(String fingerprintRules, String stacktraceRules) {
        require("fingerprint_rules", GroupingRules.parse(fingerprintRules, ""));
        require("stacktrace_rules", GroupingRules.parse("", stacktraceRules));
    }

    private static void require(String field, GroupingRules.Parse parse) {
        if (parse instanceof GroupingRules.Parse.Invalid(int line, int column, String message)) {
            throw ApiException.invalid(field, "line %d, column %d: %s".formatted(line, column, message));
        }
    }
}
