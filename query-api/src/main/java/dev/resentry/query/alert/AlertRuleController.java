package dev.resentry.query.alert;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.Page;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.alert.StoredAlertTarget;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Alert rules: lists of them, each on its own, and what people make of them. */
@NativeApi
@Tag(name = "Alerts")
class AlertRuleController {
    private final AlertRuleStore store;
    private final AlertRuleChanges rules;
    private final AlertRuleAnswers answers;
    private final AlertTargets targets;
    private final ProjectSelection projects;

    AlertRuleController(
            AlertRuleStore store,
            AlertRuleChanges rules,
            AlertRuleAnswers answers,
            AlertTargets targets,
            ProjectSelection projects) {
        this.store = store;
        this.rules = rules;
        this.answers = answers;
        this.targets = targets;
        this.projects = projects;
    }

    /**
     * A rule that is to be there.
     *
     * @param enabled true if it is absent
     * @param targets whom it tells; a rule that is on needs one
     */
    record NewAlertRule(
            @NotNull @Valid AlertRuleBody rule,
            @Nullable Boolean enabled,
            @NotNull @Size(max = AlertTargets.MOST) List<@NotNull @Valid AlertTargetBody> targets) {}

    /**
     * What a rule is to be from now on.
     *
     * @param targets whom it tells; those that it has and that are not here are removed
     * @param revision that of the rule that it replaces
     */
    record AlertRuleChange(
            @NotNull @Valid AlertRuleBody rule,
            @NotNull Boolean enabled,
            @NotNull @Size(max = AlertTargets.MOST) List<@NotNull @Valid AlertTargetBody> targets,
            @NotNull @Min(1) Long revision) {}

    /**
     * Lists alert rules, the newest first.
     *
     * @param project slugs or ids
     */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/alert-rules")
    PageResponse<AlertRuleResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        Page<StoredAlertRule> page =
                store.list(projects.of(actor, project), Cursor.beforeId(cursor), Cursor.limit(limit));
        return new PageResponse<>(
                answers.answers(page.entries()),
                page.hasMore()
                        ? Cursor.write(Instant.EPOCH, page.entries().getLast().id())
                        : null);
    }

    /**
     * Adds an alert rule.
     *
     * @param project slug or id of whose it is
     */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/alert-rules")
    @ResponseStatus(HttpStatus.CREATED)
    AlertRuleResponse add(@Valid @RequestBody NewAlertRule request, @RequestParam String project, Actor actor) {
        long id = rules.add(
                actor,
                projects.one(actor, project).id(),
                request.rule().rule(),
                !Boolean.FALSE.equals(request.enabled()),
                checked(request.targets(), List.of()));
        return get(id, actor);
    }

    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/alert-rules/{id}")
    AlertRuleResponse get(@PathVariable long id, Actor actor) {
        return answers.answer(rules.one(actor, id));
    }

    /** Replaces an alert rule; processors go by it some seconds later. */
    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping("/api/v1/alert-rules/{id}")
    AlertRuleResponse replace(@PathVariable long id, @Valid @RequestBody AlertRuleChange request, Actor actor) {
        StoredAlertRule before = rules.one(actor, id);
        rules.replace(
                actor,
                before,
                request.revision(),
                request.rule().rule(),
                request.enabled(),
                checked(request.targets(), before.targets()));
        return get(id, actor);
    }

    /** Removes an alert rule; that it fired stays on record. */
    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping("/api/v1/alert-rules/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable long id, Actor actor) {
        rules.remove(actor, rules.one(actor, id));
    }

    /** Switches an alert rule on. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/alert-rules/{id}/enable")
    AlertRuleResponse enable(@PathVariable long id, Actor actor) {
        rules.enable(actor, rules.one(actor, id), true);
        return get(id, actor);
    }

    /** Switches an alert rule off: it fires no more until it is switched on. */
    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping("/api/v1/alert-rules/{id}/disable")
    AlertRuleResponse disable(@PathVariable long id, Actor actor) {
        rules.enable(actor, rules.one(actor, id), false);
        return get(id, actor);
    }

    private List<StoredAlertTarget> checked(List<AlertTargetBody> requested, List<StoredAlertTarget> known) {
        List<StoredAlertTarget> checked = new ArrayList<>();
        for (AlertTargetBody body : requested) {
            String place = "targets[%d]".formatted(checked.size());
            StoredAlertTarget target = body.target(known, place);
            targets.check(target.target(), name -> place + "." + name);
            checked.add(target);
        }
        return checked;
    }
}
