package dev.resentry.query.program;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.alert.AlertRuleChanges;
import dev.resentry.query.alert.SnoozeTime;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.AlertSnooze;
import dev.resentry.storage.alert.AlertSnoozes;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.issue.StoredIssue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Alert rules and groups: which apply, and which are silent for a while (features, M9). */
@NativeApi
@Tag(name = "Alerts for programs")
class ProgramAlertSnoozeController {
    private final AlertRuleStore store;
    private final AlertSnoozes snoozes;
    private final AlertRuleChanges rules;
    private final IssueSelection issues;
    private final InstantSource clock;

    ProgramAlertSnoozeController(
            AlertRuleStore store,
            AlertSnoozes snoozes,
            AlertRuleChanges rules,
            IssueSelection issues,
            InstantSource clock) {
        this.store = store;
        this.snoozes = snoozes;
        this.rules = rules;
        this.issues = issues;
        this.clock = clock;
    }

    /**
     * For which group a rule is to be silent.
     *
     * @param minutes from now on; without minutes and until, until somebody ends it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record GroupSnooze(
            @NotNull Long groupId,
            @Nullable @Min(1) @Max(SnoozeTime.MAX_MINUTES) Long minutes,
            @Nullable Instant until) {}

    /** For which group a rule is not to be silent any more. */
    @JsonNaming(SnakeCaseStrategy.class)
    record GroupUnsnooze(@NotNull Long groupId) {}

    /**
     * Whether a rule is silent for a group.
     *
     * @param until null if it is not, or until somebody ends it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record GroupSnoozeState(
            long ruleId,
            long groupId,
            boolean snoozed,
            @Nullable Instant until) {}

    /**
     * A rule that applies to a group.
     *
     * @param snoozed whether it tells nobody, or not the caller, of the group
     * @param snoozedUntil null if it is not snoozed, or until somebody ends it
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record GroupAlertRule(
            ProgramAlertRule rule,
            boolean snoozed,
            @Nullable Instant snoozedUntil) {}

    /** Has a rule be silent for a group. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/alert-rules/{id}/snooze")
    GroupSnoozeState snooze(@PathVariable long id, @Valid @RequestBody GroupSnooze request, Actor actor) {
        AlertSnooze.Key of = key(actor, id, request.groupId());
        Instant until = SnoozeTime.of(request.minutes(), request.until(), clock.instant());
        return new GroupSnoozeState(
                id, of.issueId(), true, rules.snooze(actor, of, until).until());
    }

    /** Ends the silence of a rule for a group. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/alert-rules/{id}/unsnooze")
    GroupSnoozeState unsnooze(@PathVariable long id, @Valid @RequestBody GroupUnsnooze request, Actor actor) {
        AlertSnooze.Key of = key(actor, id, request.groupId());
        rules.unsnooze(actor, of);
        return new GroupSnoozeState(id, of.issueId(), false, null);
    }

    /** Lists the rules that apply to a group, the oldest first, with their silence. */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/alert-rules/by-group/{id}")
    @Operation(operationId = "listAlertRulesOfGroup")
    PageResponse<GroupAlertRule> ofGroup(@PathVariable long id, Actor actor) {
        StoredIssue issue = issues.one(actor, id);
        List<AlertSnooze> inForce = snoozes.list(
                new VisibleProjects(Set.of(issue.projectId())), null, issue.id(), actor.userId(), clock.instant());
        return new PageResponse<>(
                store.ofProject(issue.projectId()).stream()
                        .filter(StoredAlertRule::enabled)
                        .filter(rule ->
                                rule.rule().conditions().stream().anyMatch(condition -> condition.concernsIssue()))
                        .map(rule -> answer(rule, inForce))
                        .toList(),
                null);
    }

    private static GroupAlertRule answer(StoredAlertRule rule, List<AlertSnooze> inForce) {
        Optional<AlertSnooze> longest = inForce.stream()
                .filter(snooze ->
                        snooze.of().ruleId() == AlertSnooze.ALL || snooze.of().ruleId() == rule.id())
                .max(Comparator.comparing(AlertSnooze::until, Comparator.nullsLast(Comparator.naturalOrder())));
        return new GroupAlertRule(
                ProgramAlertRule.of(rule),
                longest.isPresent(),
                longest.map(AlertSnooze::until).orElse(null));
    }

    private AlertSnooze.Key key(Actor actor, long ruleId, long groupId) {
        StoredAlertRule rule = rules.one(actor, ruleId);
        StoredIssue issue = issues.one(actor, groupId);
        if (issue.projectId() != rule.project().id()) {
            throw ApiException.invalid("group_id", "%d (expected: a group of the rule's project)".formatted(groupId));
        }
        return new AlertSnooze.Key(issue.projectId(), ruleId, issue.id(), AlertSnooze.ALL);
    }
}
