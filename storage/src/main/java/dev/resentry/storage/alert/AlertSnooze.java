package dev.resentry.storage.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That somebody, or everybody, is not told for a while.
 *
 * @param of what it is about
 * @param until null: until somebody ends it
 * @param createdBy the e-mail address of who wanted it
 */
public record AlertSnooze(Key of, @Nullable Instant until, String createdBy, Instant createdAt) {
    /** All rules, all issues, or everybody. */
    public static final long ALL = 0;

    /**
     * What a snooze is about; there is one at most.
     *
     * @param ruleId {@link #ALL} for all rules
     * @param issueId likewise for all issues
     * @param userId likewise for everybody
     */
    public record Key(long projectId, long ruleId, long issueId, long userId) {}
}
