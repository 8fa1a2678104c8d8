package dev.resentry.query.alert;

import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.processing.alert.AlertValues;
import dev.resentry.processing.alert.RuleAnalysis;
import dev.resentry.processing.alert.RuleSentence;
import dev.resentry.processing.alert.TemplateNames;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.alert.AlertHistory;
import dev.resentry.storage.alert.AlertTest;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.DeliveryState;
import dev.resentry.storage.project.Project;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Rules and templates that are tried before they are kept. */
@NativeApi
@Tag(name = "Alerts")
class AlertTrialController {
    private static final int DAYS = 14;
    private static final int MOST_TESTS = 200;

    private final Backtest backtest;
    private final ShownValues shown;
    private final TestDeliveries tests;
    private final DeliveryOutbox outbox;
    private final AlertHistory history;
    private final AlertRuleChanges rules;
    private final IssueSelection issues;
    private final ProjectSelection projects;
    private final InstantSource clock;

    AlertTrialController(
            Backtest backtest,
            ShownValues shown,
            TestDeliveries tests,
            DeliveryOutbox outbox,
            AlertHistory history,
            AlertRuleChanges rules,
            IssueSelection issues,
            ProjectSelection projects,
            InstantSource clock) {
        this.backtest = backtest;
        this.shown = shown;
        this.tests = tests;
        this.outbox = outbox;
        this.history = history;
        this.rules = rules;
        this.issues = issues;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * A rule to be tried.
     *
     * @param days how far back; 14 if it is absent
     */
    record AlertBacktestDraft(
            @NotNull @Valid AlertRuleBody rule,
            @Nullable @Min(1) @Max(30) Integer days) {}

    /**
     * Templates to be tried.
     *
     * @param issue whose newest event is shown; absent for the newest of the project
     */
    record AlertTemplateDraft(
            @Nullable @Size(max = AlertTarget.MAX_SUBJECT) String subject,
            @Nullable @Size(max = AlertTarget.MAX_BODY) String body,
            @Nullable Long issue) {}

    /**
     * What templates become.
     *
     * @param subject null if none was sent
     * @param body null likewise
     * @param isExample whether it is of no event of the project, as there is none
     * @param names what templates may name, beside {@code event.tags.} with the key of a tag
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record AlertTemplatePreview(
            @Nullable String subject, @Nullable String body, boolean isExample, List<String> names) {}

    /**
     * A test on its way to a target of a rule, or what became of it.
     *
     * @param id of the delivery
     * @param status of the answer; null if there is none
     * @param answer the beginning of it; null likewise
     * @param error what went wrong at last; null if nothing did
     */
    @Schema(name = "AlertTest")
    record AlertTestResponse(
            long id,
            @WordOf(TargetType.class) String type,
            @WordOf(DeliveryState.class) String state,
            int attempts,
            @Nullable Integer status,
            @Nullable String answer,
            @Nullable String error) {
        static AlertTestResponse of(AlertTest test) {
            return new AlertTestResponse(
                    test.id(),
                    test.targetType(),
                    test.state(),
                    test.attempts(),
                    test.status(),
                    test.answer(),
                    test.error());
        }
    }

    /**
     * Tells what a rule would have done with the stored events of some days, and keeps nothing.
     *
     * @param project slug or id
     */
    @Allowed(Scope.ALERTS_READ)
    @PostMapping("/api/v1/alert-rules/backtest")
    @Operation(operationId = "backtestAlertRule")
    BacktestResponse backtest(@Valid @RequestBody AlertBacktestDraft draft, @RequestParam String project, Actor actor) {
        Project one = projects.one(actor, project);
        AlertRule rule = draft.rule().rule();
        Instant to = clock.instant();
        Instant from = to.minus(Duration.ofDays(draft.days() == null ? DAYS : draft.days()));
        Backtest.Result result = backtest.run(one.id(), rule, from, to);
        RuleAnalysis analysis = RuleAnalysis.of(rule);
        return new BacktestResponse(
                from,
                to,
                RuleSentence.of(rule),
                analysis.never(),
                analysis.doubts(),
                result.firings().size(),
                result.isNoisy(),
                result.cutOff(),
                result.notes(),
                BacktestResponse.days(from, to, result.firings()),
                BacktestResponse.issues(one.slug(), result.firings()),
                BacktestResponse.newest(one.slug(), result.firings()));
    }

    /**
     * Shows what templates become, and keeps nothing.
     *
     * @param project slug or id
     */
    @Allowed(Scope.ALERTS_READ)
    @PostMapping("/api/v1/alert-rules/preview")
    @Operation(operationId = "previewAlertTemplate")
    AlertTemplatePreview preview(
            @Valid @RequestBody AlertTemplateDraft draft, @RequestParam String project, Actor actor) {
        Project one = projects.one(actor, project);
        if (draft.issue() != null && issues.one(actor, draft.issue()).projectId() != one.id()) {
            throw ApiException.invalid("issue", "%d (expected: an issue of the project)".formatted(draft.issue()));
        }
        ShownValues.Values values =
                shown.of(new AlertValues.Project(one.id(), one.slug(), one.name()), 0, "Your rule", draft.issue());
        return new AlertTemplatePreview(
                draft.subject() == null
                        ? null
                        : AlertTargets.template("subject", draft.subject()).renderLine(values.values()),
                draft.body() == null
                        ? null
                        : AlertTargets.template("body", draft.body()).render(values.values()),
                values.isExample(),
                TemplateNames.ALL);
    }

    /** Sends a test to those whom a rule tells; what goes to the assignee of an issue goes to the caller. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/alert-rules/{id}/test")
    PageResponse<AlertTestResponse> test(@PathVariable long id, Actor actor) {
        Set<Long> sent = Set.copyOf(outbox.add(tests.of(actor, rules.one(actor, id))));
        return answer(id, test -> sent.contains(test.id()));
    }

    /** Lists the tests of a rule of late, the last first, with what became of them. */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/alert-rules/{id}/tests")
    PageResponse<AlertTestResponse> tests(@PathVariable long id, Actor actor) {
        rules.one(actor, id);
        return answer(id, _ -> true);
    }

    private PageResponse<AlertTestResponse> answer(long rule, Predicate<AlertTest> wanted) {
        return new PageResponse<>(
                history.tests(rule, MOST_TESTS).stream()
                        .filter(wanted)
                        .map(AlertTestResponse::of)
                        .toList(),
                null);
    }
}
