package dev.resentry.query.sentry;

import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.alert.AlertRuleChanges;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.Page;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.AlertRuleStore.Kind;
import dev.resentry.storage.alert.StoredAlertRule;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.JsonNode;

/** Alert rules of figures, and these together with those of issues. */
@SentryApi
class SentryMetricRuleController {
    private static final String ORGANIZATION = "/api/0/organizations/{organization}";
    private static final String RULES = ORGANIZATION + "/alert-rules";
    private static final String OF_ISSUES = "rule";
    private static final String OF_METRICS = "alert_rule";

    private final AlertRuleStore rules;
    private final AlertRuleChanges changes;
    private final RuleActions actions;
    private final ProjectSelection projects;
    private final SentrySelection where;

    SentryMetricRuleController(
            AlertRuleStore rules,
            AlertRuleChanges changes,
            RuleActions actions,
            ProjectSelection projects,
            SentrySelection where) {
        this.rules = rules;
        this.changes = changes;
        this.actions = actions;
        this.projects = projects;
        this.where = where;
    }

    @Allowed(value = Scope.ALERTS_READ, or = Scope.ORG_READ)
    @GetMapping(RULES)
    ResponseEntity<List<Object>> list(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> project,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        where.organization(organization);
        return page(project, "", Kind.OF_A_RATE, perPage, cursor, actor);
    }

    /**
     * Lists rules of both kinds.
     *
     * @param name part of their names
     * @param alertType rule, alert_rule or both, which is so if it is absent
     */
    @Allowed(value = Scope.ALERTS_READ, or = Scope.ORG_READ)
    @GetMapping(ORGANIZATION + "/combined-rules")
    ResponseEntity<List<Object>> both(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String name,
            @RequestParam @Nullable List<String> alertType,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        where.organization(organization);
        List<String> types = alertType == null || alertType.isEmpty() ? List.of(OF_ISSUES, OF_METRICS) : alertType;
        boolean ofIssues = types.contains(OF_ISSUES);
        boolean ofMetrics = types.contains(OF_METRICS);
        if (!ofIssues && !ofMetrics) {
            return SentryLinks.page(List.of(), null);
        }
        return page(
                project,
                name == null ? "" : name.strip(),
                ofIssues && ofMetrics ? Kind.ALL : ofMetrics ? Kind.OF_A_RATE : Kind.OF_ISSUES,
                perPage,
                cursor,
                actor);
    }

    private ResponseEntity<List<Object>> page(
            @Nullable List<String> project,
            String name,
            Kind kind,
            @Nullable Integer perPage,
            @Nullable String cursor,
            Actor actor) {
        Page<StoredAlertRule> page = rules.search(
                projects.of(actor, SentryIssues.named(project)),
                name,
                kind,
                Cursor.beforeId(SentryLinks.cursor(cursor)),
                SentryLinks.size(perPage));
        return SentryLinks.page(
                page.entries().stream().map(SentryMetricRuleController::answer).toList(),
                SentryRuleController.next(page));
    }

    private static Object answer(StoredAlertRule stored) {
        return SentryMetricRule.condition(stored.rule())
                .<Object>map(rate -> SentryMetricRule.of(stored, rate))
                .orElseGet(() -> SentryRule.of(stored));
    }

    @Allowed(value = Scope.ALERTS_READ, or = Scope.ORG_READ)
    @GetMapping(RULES + "/{rule}")
    SentryMetricRule get(@PathVariable String organization, @PathVariable long rule, Actor actor) {
        StoredAlertRule stored = stored(organization, rule, actor);
        return SentryMetricRule.of(stored, condition(stored));
    }

    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping(RULES)
    @ResponseStatus(HttpStatus.CREATED)
    SentryMetricRule add(@PathVariable String organization, @RequestBody JsonNode request, Actor actor) {
        var body = SentryMetricRuleRequest.of(request);
        long project = where.project(actor, organization, body.project()).id();
        long id = RuleDuplicates.telling(() -> changes.add(
                actor, project, body.rule(null), body.enabled(true), actions.ofMetrics(body.actions(), List.of())));
        return get(organization, id, actor);
    }

    /** Replaces a rule of a figure, whose project stays. */
    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping(RULES + "/{rule}")
    SentryMetricRule replace(
            @PathVariable String organization, @PathVariable long rule, @RequestBody JsonNode request, Actor actor) {
        StoredAlertRule before = stored(organization, rule, actor);
        var body = SentryMetricRuleRequest.of(request);
        if (where.project(actor, organization, body.project()).id()
                != before.project().id()) {
            throw ApiException.invalid(
                    "projects",
                    "it cannot be changed (expected: %s)"
                            .formatted(before.project().slug()));
        }
        RuleDuplicates.telling(() -> {
            changes.replace(
                    actor,
                    before,
                    before.revision(),
                    body.rule(before.rule()),
                    body.enabled(before.enabled()),
                    actions.ofMetrics(body.actions(), before.targets()));
            return before.id();
        });
        return get(organization, rule, actor);
    }

    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping(RULES + "/{rule}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String organization, @PathVariable long rule, Actor actor) {
        changes.remove(actor, stored(organization, rule, actor));
    }

    /** A rule of a figure; one of issues is none. */
    private StoredAlertRule stored(String organization, long rule, Actor actor) {
        where.organization(organization);
        StoredAlertRule stored = changes.one(actor, rule);
        CrashFreeBelow _ = condition(stored);
        return stored;
    }

    private static CrashFreeBelow condition(StoredAlertRule stored) {
        return SentryMetricRule.condition(stored.rule())
                .orElseThrow(() -> ApiException.notFound("alert rule", stored.id()));
    }
}
