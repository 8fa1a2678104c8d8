package dev.resentry.query.alert;

import dev.resentry.processing.alert.RuleAnalysis;
import dev.resentry.processing.alert.RuleSentence;
import dev.resentry.storage.alert.StoredAlertRule;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An alert rule of a project.
 *
 * @param sentence the rule in words
 * @param cannotFire why it can never fire, in sentences; empty if it can
 * @param warnings why it may do something else than what is meant
 * @param revision counts its changes
 * @param createdBy the e-mail address of who wrote it
 * @param lastFiredAt null if it never fired
 * @param firedByDay how often it fired on each of the last 30 days (UTC), the earliest first, today last
 * @param lastFailure what became of the last notification, if it could not be delivered; null if it could, or there was none
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "AlertRule")
record AlertRuleResponse(
        long id,
        AlertRuleProject project,
        boolean enabled,
        AlertRuleBody rule,
        List<AlertTargetResponse> targets,
        String sentence,
        List<String> cannotFire,
        List<String> warnings,
        long revision,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastFiredAt,
        List<Long> firedByDay,
        @Nullable String lastFailure) {

    /** The project of an alert rule. */
    record AlertRuleProject(long id, String slug, String name) {}

    static AlertRuleResponse of(StoredAlertRule stored, List<Long> firedByDay, @Nullable String lastFailure) {
        RuleAnalysis analysis = RuleAnalysis.of(stored.rule());
        return new AlertRuleResponse(
                stored.id(),
                new AlertRuleProject(
                        stored.project().id(),
                        stored.project().slug(),
                        stored.project().name()),
                stored.enabled(),
                AlertRuleBody.of(stored.rule()),
                stored.targets().stream().map(AlertTargetResponse::of).toList(),
                RuleSentence.of(stored.rule()),
                analysis.never(),
                analysis.doubts(),
                stored.revision(),
                stored.createdBy(),
                stored.createdAt(),
                stored.updatedAt(),
                stored.lastFiredAt(),
                firedByDay,
                lastFailure);
    }
}
