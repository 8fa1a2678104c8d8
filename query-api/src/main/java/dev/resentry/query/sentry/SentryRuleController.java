package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.alert.AlertRuleChanges;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.StoredAlertRule;
import dev.resentry.storage.project.Project;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Alert rules, as rules of a project and as workflows, each of which hangs on the detector of its project's errors. */
@SentryApi
class SentryRuleController {
    private static final String OF_PROJECT = "/api/0/projects/{organization}/{project}/rules";
    private static final String ORGANIZATION = "/api/0/organizations/{organization}";

    private final AlertRuleStore rules;
    private final AlertRuleChanges changes;
    private final RuleActions actions;
    private final ProjectSelection projects;
    private final SentryProjects all;
    private final SentrySelection where;

    SentryRuleController(
            AlertRuleStore rules,
            AlertRuleChanges changes,
            RuleActions actions,
            ProjectSelection projects,
            SentryProjects all,
            SentrySelection where) {
        this.rules = rules;
        this.changes = changes;
        this.actions = actions;
        this.projects = projects;
        this.all = all;
        this.where = where;
    }

    /** A rule in the form of workflows. */
    record Workflow(
            String id,
            String name,
            boolean enabled,
            List<String> detectorIds,
            Conditions triggers,
            List<ActionFilter> actionFilters,
            Map<String, Object> config,
            @Nullable String environment,
            @Nullable String owner,
            Instant dateCreated,
            Instant dateUpdated,
            @Nullable Instant lastTriggered) {
        static Workflow of(StoredAlertRule stored) {
            SentryRule rule = SentryRule.of(stored);
            return new Workflow(
                    rule.id(),
                    rule.name(),
                    stored.enabled(),
                    List.of(String.valueOf(stored.project().id())),
                    new Conditions(rule.actionMatch(), rule.conditions()),
                    List.of(new ActionFilter(rule.filterMatch(), rule.filters(), rule.actions())),
                    Map.of("frequency", rule.frequency()),
                    rule.environment(),
                    null,
                    rule.dateCreated(),
                    stored.updatedAt(),
                    rule.lastTriggered());
        }
    }

    record Conditions(String logicType, List<Map<String, Object>> conditions) {}

    record ActionFilter(String logicType, List<Map<String, Object>> conditions, List<Map<String, Object>> actions) {}

    /** What finds the issues of a project: its errors are all that is looked at. */
    record Detector(
            String id,
            String name,
            String type,
            String projectId,
            List<String> workflowIds,
            List<String> dataSources,
            @Nullable String conditionGroup,
            Map<String, String> config,
            boolean enabled,
            @Nullable String owner) {}

    @Allowed(value = Scope.ALERTS_READ, or = Scope.PROJECT_READ)
    @GetMapping(OF_PROJECT)
    ResponseEntity<List<SentryRule>> ofProject(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        long id = where.project(actor, organization, project).id();
        return SentryLinks.part(
                rules.ofProject(id).stream()
                        .sorted(Comparator.comparingLong(StoredAlertRule::id).reversed())
                        .map(SentryRule::of)
                        .toList(),
                perPage,
                cursor);
    }

    @Allowed(value = Scope.ALERTS_READ, or = Scope.PROJECT_READ)
    @GetMapping(OF_PROJECT + "/{rule}")
    SentryRule get(
            @PathVariable String organization, @PathVariable String project, @PathVariable long rule, Actor actor) {
        return SentryRule.of(one(actor, where.project(actor, organization, project), rule));
    }

    @Allowed(Scope.ALERTS_WRITE)
    @PostMapping(OF_PROJECT)
    @ResponseStatus(HttpStatus.CREATED)
    SentryRule add(
            @PathVariable String organization,
            @PathVariable String project,
            @RequestBody JsonNode request,
            Actor actor) {
        Project of = where.project(actor, organization, project);
        var body = SentryRuleRequest.of(request, of);
        long id = RuleDuplicates.telling(() -> changes.add(
                actor, of.id(), body.rule(), body.enabled(true), actions.ofIssues(body.actions(), List.of())));
        return SentryRule.of(changes.one(actor, id));
    }

    /** Replaces a rule. What is absent is as in a new one, but that it stays on or off. */
    @Allowed(Scope.ALERTS_WRITE)
    @PutMapping(OF_PROJECT + "/{rule}")
    SentryRule replace(
            @PathVariable String organization,
            @PathVariable String project,
            @PathVariable long rule,
            @RequestBody JsonNode request,
            Actor actor) {
        Project of = where.project(actor, organization, project);
        StoredAlertRule before = one(actor, of, rule);
        var body = SentryRuleRequest.of(request, of);
        RuleDuplicates.telling(() -> {
            changes.replace(
                    actor,
                    before,
                    before.revision(),
                    body.rule(),
                    body.enabled(before.enabled()),
                    actions.ofIssues(body.actions(), before.targets()));
            return before.id();
        });
        return SentryRule.of(changes.one(actor, rule));
    }

    @Allowed(Scope.ALERTS_WRITE)
    @DeleteMapping(OF_PROJECT + "/{rule}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void remove(@PathVariable String organization, @PathVariable String project, @PathVariable long rule, Actor actor) {
        changes.remove(actor, one(actor, where.project(actor, organization, project), rule));
    }

    private StoredAlertRule one(Actor actor, Project project, long rule) {
        StoredAlertRule found = changes.one(actor, rule);
        if (found.project().id() != project.id()) {
            throw ApiException.notFound("rule", rule);
        }
        return found;
    }

    /** @param query part of a name, or {@code name:"*part*"} */
    @Allowed(value = Scope.ALERTS_READ, or = Scope.ORG_READ)
    @GetMapping(ORGANIZATION + "/workflows")
    ResponseEntity<List<Workflow>> workflows(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> projectSlug,
            @RequestParam @Nullable List<Long> id,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        where.organization(organization);
        VisibleProjects of = projects.of(actor, SentryIssues.named(project, projectSlug));
        if (id != null) {
            return SentryLinks.part(
                    id.stream()
                            .map(rules::find)
                            .flatMap(Optional::stream)
                            .filter(rule -> of.contains(rule.project().id()))
                            .map(Workflow::of)
                            .toList(),
                    perPage,
                    cursor);
        }
        String words = query == null
                ? ""
                : query.replaceFirst("^name:", "")
                        .replace("*", "")
                        .replace("\"", "")
                        .strip();
        Page<StoredAlertRule> page = rules.search(
                of,
                words,
                AlertRuleStore.Kind.ALL,
                Cursor.beforeId(SentryLinks.cursor(cursor)),
                SentryLinks.size(perPage));
        return SentryLinks.page(page.entries().stream().map(Workflow::of).toList(), next(page));
    }

    /** The cursor of the page behind one; null if there is none. */
    static @Nullable String next(Page<StoredAlertRule> page) {
        return page.hasMore()
                ? Cursor.write(
                        page.entries().getLast().createdAt(),
                        page.entries().getLast().id())
                : null;
    }

    @Allowed(value = Scope.ALERTS_READ, or = Scope.ORG_READ)
    @GetMapping(ORGANIZATION + "/workflows/{rule}")
    Workflow workflow(@PathVariable String organization, @PathVariable long rule, Actor actor) {
        where.organization(organization);
        return Workflow.of(changes.one(actor, rule));
    }

    /** @param query may name a type, of which there is none but error */
    @Allowed(value = Scope.ALERTS_READ, or = Scope.ORG_READ)
    @GetMapping(ORGANIZATION + "/detectors")
    ResponseEntity<List<Detector>> detectors(
            @PathVariable String organization,
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        boolean ofErrors = query == null || !query.contains("type:") || query.contains("type:error");
        VisibleProjects of = projects.of(actor, SentryIssues.named(project));
        return SentryLinks.part(
                ofErrors ? all.list(where.organization(organization), actor, one -> of.contains(one.id())) : List.of(),
                perPage,
                cursor,
                this::detector);
    }

    private Detector detector(SentryProject project) {
        return new Detector(
                project.id(),
                "Errors of " + project.name(),
                "error",
                project.id(),
                rules.ofProject(Long.parseLong(project.id())).stream()
                        .map(rule -> String.valueOf(rule.id()))
                        .toList(),
                List.of(),
                null,
                Map.of(),
                true,
                null);
    }
}
