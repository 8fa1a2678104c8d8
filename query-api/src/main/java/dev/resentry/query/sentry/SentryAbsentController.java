package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.SentryApi;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Lists of what there is none of here, so that clients that look whether there is any go on. All else is 404. */
@SentryApi
class SentryAbsentController {
    private static final String ORGANIZATION = "/api/0/organizations/{organization}";

    private final SentrySelection where;
    private final SentryIssues issues;

    SentryAbsentController(SentrySelection where, SentryIssues issues) {
        this.where = where;
        this.issues = issues;
    }

    /** Dashboards have another form here; AI is not kept. */
    @Allowed(Scope.ORG_READ)
    @GetMapping({ORGANIZATION + "/dashboards", ORGANIZATION + "/ai-conversations"})
    ResponseEntity<List<String>> none(@PathVariable String organization) {
        where.organization(organization);
        return SentryLinks.page(List.of(), null);
    }

    @Allowed(Scope.ORG_READ)
    @GetMapping(ORGANIZATION + "/replays")
    ResponseEntity<Map<String, List<String>>> replays(@PathVariable String organization) {
        where.organization(organization);
        return SentryLinks.page(Map.of("data", List.of()), null);
    }

    /** No issue has a replay. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(ORGANIZATION + "/replay-count")
    Map<String, Long> replayCount(@PathVariable String organization) {
        where.organization(organization);
        return Map.of();
    }

    /** Issues of other programs, of which tickets hold the address alone. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping(SentryIssueController.ISSUE + "/external-issues")
    List<String> externalIssues(@PathVariable String organization, @PathVariable String issue, Actor actor) {
        where.organization(organization);
        issues.one(actor, issue);
        return List.of();
    }
}
