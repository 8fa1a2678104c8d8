package dev.resentry.query.sentry;

import dev.resentry.query.error.ApiException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Tells of a rule that is there already as clients know it: by its name, and as a wrong request. */
final class RuleDuplicates {
    private RuleDuplicates() {}

    /** Writes a rule, and returns its id. */
    static long telling(LongSupplier write) {
        try {
            return write.getAsLong();
        } catch (ApiException e) {
            String other = e.answer().details().get("duplicate_of");
            if (other == null) {
                throw e;
            }
            String duplicate = "This rule is an exact duplicate of rule %s in this project and may not be created."
                    .formatted(other);
            throw ApiException.invalid(
                    "name", duplicate, Map.of("name", List.of(duplicate), "ruleId", List.of(Long.parseLong(other))));
        }
    }
}
