package dev.resentry.query.alert;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.alert.AlertSnooze;
import dev.resentry.storage.alert.AlertSnoozes;
import dev.resentry.storage.issue.StoredIssue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Who is not told of what for a while. */
@NativeApi
@Tag(name = "Alerts")
class AlertSnoozeController {
    private final AlertSnoozes snoozes;
    private final AlertRuleChanges rules;
    private final IssueSelection issues;
    private final ProjectSelection projects;
    private final InstantSource clock;

    AlertSnoozeController(
            AlertSnoozes snoozes,
            AlertRuleChanges rules,
            IssueSelection issues,
            ProjectSelection projects,
            InstantSource clock) {
        this.snoozes = snoozes;
        this.rules = rules;
        this.issues = issues;
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * Somebody is not to be told. Of rule, issue and project there has to be one.
     *
     * @param project slug or id: all rules of it, for all issues. Needed if there is neither rule nor issue
     * @param rule absent for all rules of the project
     * @param issue absent for all issues
     * @param who everyone if it is absent
     * @param minutes from now on; without minutes and until, until somebody ends it
     */
    @Schema(name = "NewAlertSnooze")
    record NewSnooze(
            @Nullable String project,
            @Nullable Long rule,
            @Nullable Long issue,
            @Nullable @WordOf(SnoozeFor.class) String who,
            @Nullable @Min(1) @Max(SnoozeTime.MAX_MINUTES) Long minutes,
            @Nullable Instant until) {}

    /**
     * Lists the snoozes in force that concern the caller, those that end last first; at most 1,000.
     *
     * @param project slugs or ids
     * @param rule only those that concern this rule
     * @param issue only those that concern this issue
     */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/alert-snoozes")
    @Operation(operationId = "listAlertSnoozes")
    PageResponse<SnoozeResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable Long rule,
            @RequestParam @Nullable Long issue,
            Actor actor) {
        List<String> named = project;
        Long merged = null;
        if (issue != null) {
            StoredIssue one = issues.one(actor, issue);
            named = List.of(one.project().slug());
            merged = one.id();
        } else if (rule != null) {
            named = List.of(rules.one(actor, rule).project().slug());
        }
        return new PageResponse<>(
                snoozes.list(projects.of(actor, named), rule, merged, actor.userId(), clock.instant()).stream()
                        .map(SnoozeResponse::of)
                        .toList(),
                null);
    }

    /** Snoozes; of what is snoozed, changes until when. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/alert-snoozes")
    @ResponseStatus(HttpStatus.CREATED)
    SnoozeResponse add(@Valid @RequestBody NewSnooze request, Actor actor) {
        AlertSnooze.Key of =
                key(actor, request.project(), request.rule(), request.issue(), SnoozeFor.of(request.who()));
        Instant until = SnoozeTime.of(request.minutes(), request.until(), clock.instant());
        return SnoozeResponse.of(rules.snooze(actor, of, until));
    }

    /**
     * Ends a snooze, named as it was made.
     *
     * @param project slug or id, if it is about neither a rule nor an issue
     * @param mine whether it is for the caller alone
     */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping("/api/v1/alert-snoozes")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(
            @RequestParam @Nullable String project,
            @RequestParam @Nullable Long rule,
            @RequestParam @Nullable Long issue,
            @RequestParam @Nullable Boolean mine,
            Actor actor) {
        SnoozeFor who = Boolean.TRUE.equals(mine) ? SnoozeFor.ME : SnoozeFor.EVERYONE;
        rules.unsnooze(actor, key(actor, project, rule, issue, who));
    }

    private AlertSnooze.Key key(
            Actor actor, @Nullable String project, @Nullable Long rule, @Nullable Long issue, SnoozeFor who) {
        boolean forAll = who == SnoozeFor.EVERYONE;
        if (!forAll && actor.userId() == Actor.NOBODY) {
            throw ApiException.invalid("who", "'me' (expected: everyone, as the caller is no user)");
        }
        return new AlertSnooze.Key(
                project(actor, project, rule, issue),
                rule == null ? AlertSnooze.ALL : rule,
                issue == null ? AlertSnooze.ALL : issues.one(actor, issue).id(),
                forAll ? AlertSnooze.ALL : actor.userId());
    }

    private long project(Actor actor, @Nullable String project, @Nullable Long rule, @Nullable Long issue) {
        Long ofIssue = issue == null ? null : issues.one(actor, issue).projectId();
        Long ofRule =
                rule == null ? null : (Long) rules.one(actor, rule).project().id();
        if (ofIssue != null && ofRule != null && !ofIssue.equals(ofRule)) {
            throw ApiException.invalid("issue", "%d (expected: an issue of the rule's project)".formatted(issue));
        }
        if (ofIssue != null) {
            return ofIssue;
        }
        if (ofRule != null) {
            return ofRule;
        }
        if (project == null) {
            throw ApiException.invalid("rule", "expected: a rule, an issue or a project");
        }
        return projects.one(actor, project).id();
    }
}
