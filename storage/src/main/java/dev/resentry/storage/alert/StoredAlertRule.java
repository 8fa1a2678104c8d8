package dev.resentry.storage.alert;

import dev.resentry.model.alert.AlertRule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An alert rule of a project.
 *
 * @param targets in the order in which they were added
 * @param revision counts its changes
 * @param createdBy the e-mail address of who wrote it
 * @param lastFiredAt null if it never fired
 */
public record StoredAlertRule(
        long id,
        RuleProject project,
        boolean enabled,
        AlertRule rule,
        List<StoredAlertTarget> targets,
        long revision,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastFiredAt) {
    public StoredAlertRule {
        targets = List.copyOf(targets);
    }

    /** The project of a rule. */
    public record RuleProject(long id, String slug, String name) {}
}
