package dev.resentry.query.regroup;

import dev.resentry.processing.group.Grouping;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.GroupingRulesCheck;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.project.ProjectProcessing;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.regroup.Regroup;
import dev.resentry.storage.regroup.Regroup.Rules;
import dev.resentry.storage.regroup.RegroupState;
import dev.resentry.storage.regroup.RegroupStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Puts stored events under other rules of grouping: first a preview, which changes nothing, then for good, and back again. */
@NativeApi
@Tag(name = "Regroups")
class RegroupController {
    private final RegroupStore regroups;
    private final ProjectStore projects;
    private final ProjectProcessingStore processing;
    private final ProjectAccess access;
    private final AuditLog audit;

    RegroupController(
            RegroupStore regroups,
            ProjectStore projects,
            ProjectProcessingStore processing,
            ProjectAccess access,
            AuditLog audit) {
        this.regroups = regroups;
        this.projects = projects;
        this.processing = processing;
        this.access = access;
        this.audit = audit;
    }

    /**
     * What to make a preview of.
     *
     * @param fingerprintRules instead of the project's
     * @param stacktraceRules instead of the project's
     * @param days how far back the events arrived
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record RegroupRequest(
            @NotNull @Size(max = GroupingRulesCheck.MAX_TEXT)
            String fingerprintRules,

            @NotNull @Size(max = GroupingRulesCheck.MAX_TEXT)
            String stacktraceRules,

            @NotNull @Min(1) @Max(90) Integer days) {}

    /** Has a preview made: how many issues would become how many, and which. Nothing is changed. */
    @PostMapping("/api/v1/projects/{id}/regroups")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.PROJECT_WRITE)
    RegroupResponse preview(@PathVariable long id, @Valid @RequestBody RegroupRequest request, Actor actor) {
        requireProject(actor, id);
        GroupingRulesCheck.require(request.fingerprintRules(), request.stacktraceRules());
        return audit.inTransaction(() -> {
            Regroup regroup = regroups.preview(
                            id,
                            Grouping.STRATEGY,
                            new Rules(request.fingerprintRules(), request.stacktraceRules()),
                            Duration.ofDays(request.days()),
                            author(actor))
                    .orElseThrow(RegroupController::underWay);
            record(actor, "regroup.previewed", regroup);
            return RegroupResponse.of(regroup);
        });
    }

    /** Lists regroups of a project, the newest first. */
    @GetMapping("/api/v1/projects/{id}/regroups")
    @Allowed(Scope.PROJECT_READ)
    PageResponse<RegroupResponse> list(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        long before = Cursor.beforeId(cursor);
        int size = Cursor.limit(limit);
        requireProject(actor, id);
        return PageResponse.of(
                regroups.list(id, before, size),
                RegroupResponse::of,
                last -> Cursor.write(last.createdAt(), last.id()));
    }

    @GetMapping("/api/v1/regroups/{id}")
    @Allowed(Scope.PROJECT_READ)
    RegroupResponse get(@PathVariable long id, Actor actor) {
        return RegroupResponse.of(find(id, actor));
    }

    /**
     * Makes the rules of a previewed regroup the project's, and moves its events to where they belong by them. Issues keep their ids,
     * states, assignees and comments; of those that become one, that with the most events stays. Nothing alerts.
     */
    @PostMapping("/api/v1/regroups/{id}/apply")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.PROJECT_WRITE)
    RegroupResponse apply(@PathVariable long id, Actor actor) {
        Regroup regroup = find(id, actor);
        return change(actor, "applied", regroup, regroup.canBeApplied(), () -> regroups.apply(regroup, author(actor)));
    }

    /** Brings back the former rules, issues and hashes, and the events to where they were. */
    @PostMapping("/api/v1/regroups/{id}/undo")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.PROJECT_WRITE)
    RegroupResponse undo(@PathVariable long id, Actor actor) {
        Regroup regroup = find(id, actor);
        return change(actor, "undone", regroup, regroup.canBeUndone(), () -> regroups.undo(regroup, author(actor)));
    }

    /** Ends a preview before it is done. What applies or undoes a regroup is not ended before it is done. */
    @PostMapping("/api/v1/regroups/{id}/cancel")
    @Allowed(Scope.PROJECT_WRITE)
    RegroupResponse cancel(@PathVariable long id, Actor actor) {
        Regroup regroup = find(id, actor);
        return change(actor, "cancelled", regroup, true, () -> regroups.cancel(regroup, actor.email()));
    }

    private RegroupResponse change(
            Actor actor, String wanted, Regroup regroup, boolean isAllowed, BooleanSupplier change) {
        return audit.inTransaction(() -> {
            if (!isAllowed || !change.getAsBoolean()) {
                throw refusal(find(regroup.id(), actor), wanted);
            }
            Regroup after = find(regroup.id(), actor);
            record(actor, "regroup." + wanted, after);
            return RegroupResponse.of(after);
        });
    }

    /** What is in the way, the nearest first. */
    private ApiException refusal(Regroup regroup, String wanted) {
        Regroup.Standing standing = regroup.standing();
        boolean isReady = switch (wanted) {
            case "applied" -> regroup.state() == RegroupState.PREVIEWED;
            case "undone" -> regroup.isInEffect();
            default -> false;
        };
        if (!isReady) {
            return ApiException.conflict(
                    "state",
                    "regroup %d is %s and cannot be %s"
                            .formatted(regroup.id(), regroup.state().wireName(), wanted));
        }
        if (wanted.equals("undone") && !standing.isLatest()) {
            return ApiException.conflict(
                    "state",
                    "another regroup was applied after regroup %d (expected: the last one)".formatted(regroup.id()));
        }
        if (wanted.equals("undone") ? !standing.ownRulesHold() : !standing.formerRulesHold()) {
            return ApiException.conflict("rules", changedRules(regroup, wanted));
        }
        if (wanted.equals("applied") && standing.isOutdated()) {
            return ApiException.conflict(
                    "state",
                    "source maps have changed events since regroup %d was previewed (expected: a new preview)"
                            .formatted(regroup.id()));
        }
        return underWay();
    }

    private String changedRules(Regroup regroup, String wanted) {
        String whose = processing
                .find(regroup.projectId())
                .map(RegroupController::lastChange)
                .orElse("");
        return "the project's grouping rules were changed%s since regroup %d was %s"
                .formatted(whose, regroup.id(), wanted.equals("undone") ? "applied" : "previewed");
    }

    private static String lastChange(ProjectProcessing rules) {
        return " by %s at %s".formatted(rules.updatedBy(), rules.updatedAt());
    }

    private static ApiException underWay() {
        return ApiException.conflict("state", "another regroup of the project is under way");
    }

    private Regroup find(long id, Actor actor) {
        VisibleProjects visible = access.of(actor);
        return regroups.find(id)
                .filter(regroup -> visible.contains(regroup.projectId()))
                .orElseThrow(() -> ApiException.notFound("regroup", id));
    }

    private void requireProject(Actor actor, long id) {
        access.require(actor, id);
        if (projects.find(id).isEmpty()) {
            throw ApiException.notFound("project", id);
        }
    }

    private void record(Actor actor, String action, Regroup regroup) {
        audit.record(
                actor,
                action,
                new AuditLog.Target("regroup", regroup.id(), ""),
                rules(regroup.projectId(), regroup.former()),
                rules(regroup.projectId(), regroup.rules()));
    }

    private static Map<String, Object> rules(long project, Rules rules) {
        return Map.of(
                "project_id",
                project,
                "fingerprint_rules",
                rules.fingerprints(),
                "stacktrace_rules",
                rules.stacktraces());
    }

    private static Author author(Actor actor) {
        return new Author(actor.userId(), actor.name(), actor.email());
    }
}
