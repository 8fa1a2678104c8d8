package dev.resentry.query.alert;

import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.alert.AlertSnooze;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * That somebody, or everybody, is not told for a while.
 *
 * @param rule null for all rules of the project
 * @param issue null for all issues
 * @param who me for the caller alone
 * @param until null: until somebody ends it
 * @param createdBy the e-mail address of who wanted it
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "AlertSnooze")
record SnoozeResponse(
        long projectId,
        @Nullable Long rule,
        @Nullable Long issue,
        @WordOf(SnoozeFor.class) String who,
        @Nullable Instant until,
        String createdBy,
        Instant createdAt) {

    static SnoozeResponse of(AlertSnooze snooze) {
        return new SnoozeResponse(
                snooze.of().projectId(),
                named(snooze.of().ruleId()),
                named(snooze.of().issueId()),
                (snooze.of().userId() == AlertSnooze.ALL ? SnoozeFor.EVERYONE : SnoozeFor.ME).wireName(),
                snooze.until(),
                snooze.createdBy(),
                snooze.createdAt());
    }

    private static @Nullable Long named(long id) {
        return id == AlertSnooze.ALL ? null : id;
    }
}
