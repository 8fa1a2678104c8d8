package dev.resentry.query.alert;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.alert.AlertHistory;
import dev.resentry.storage.alert.FiringFilter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** When alert rules fired, and why. */
@NativeApi
@Tag(name = "Alerts")
class AlertFiringController {
    private final AlertHistory history;
    private final AlertRuleChanges rules;
    private final IssueSelection issues;
    private final ProjectSelection projects;

    AlertFiringController(
            AlertHistory history, AlertRuleChanges rules, IssueSelection issues, ProjectSelection projects) {
        this.history = history;
        this.rules = rules;
        this.issues = issues;
        this.projects = projects;
    }

    /**
     * Lists firings, the newest first.
     *
     * @param project slugs or ids
     * @param issue only those for this issue
     * @param now true for those that still hold: the interval of the rule has not passed, and the issue is unresolved
     */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/alert-firings")
    PageResponse<FiringResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable Long issue,
            @RequestParam @Nullable Boolean now,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        Long merged = issue == null ? null : (Long) issues.one(actor, issue).id();
        return answer(
                new FiringFilter(projects.of(actor, project), null, merged, Boolean.TRUE.equals(now)), cursor, limit);
    }

    /** Lists the firings of a rule, the newest first. */
    @Allowed(Scope.ALERTS_READ)
    @GetMapping("/api/v1/alert-rules/{id}/firings")
    PageResponse<FiringResponse> ofRule(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        rules.one(actor, id);
        return answer(new FiringFilter(projects.of(actor), id, null, false), cursor, limit);
    }

    private PageResponse<FiringResponse> answer(FiringFilter filter, @Nullable String cursor, @Nullable Integer limit) {
        return PageResponse.of(
                history.list(filter, Cursor.datedPosition(cursor), Cursor.limit(limit)),
                FiringResponse::of,
                last -> Cursor.write(last.firedAt(), last.id()));
    }
}
