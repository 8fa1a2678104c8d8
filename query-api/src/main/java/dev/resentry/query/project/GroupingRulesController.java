package dev.resentry.query.project;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.project.ProjectProcessing;
import dev.resentry.storage.project.ProjectProcessingStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The rules by which a project's events are grouped, besides those that hold for all. */
@NativeApi
@Tag(name = "Projects")
class GroupingRulesController {
    private final ProjectProcessingStore processing;
    private final ProjectAccess access;
    private final AuditLog audit;

    GroupingRulesController(ProjectProcessingStore processing, ProjectAccess access, AuditLog audit) {
        this.processing = processing;
        this.access = access;
        this.audit = audit;
    }

    /**
     * Rules of grouping; docs/grouping.md has their grammar.
     *
     * @param fingerprintRules one a line; the first that matches replaces the event's fingerprint
     * @param stacktraceRules one a line; the last that says something of a frame stands
     * @param revision of the project's rules and settings of scrubbing together; 0 before the first change
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProjectGroupingRules(
            String fingerprintRules,
            String stacktraceRules,
            long revision,
            @Nullable Instant updatedAt,
            @Nullable String updatedBy) {
        private static final ProjectGroupingRules NONE = new ProjectGroupingRules("", "", 0, null, null);

        private static ProjectGroupingRules of(ProjectProcessing stored) {
            return new ProjectGroupingRules(
                    text(stored.fingerprintRules()),
                    text(stored.stacktraceRules()),
                    stored.revision(),
                    stored.updatedAt(),
                    stored.updatedBy());
        }

        private static String text(@Nullable String given) {
            return given == null ? "" : given;
        }

        private Map<String, String> texts() {
            return Map.of("fingerprint_rules", fingerprintRules, "stacktrace_rules", stacktraceRules);
        }
    }

    /** @param revision that of the rules that are changed */
    @JsonNaming(SnakeCaseStrategy.class)
    record GroupingRulesChange(
            @NotNull @Size(max = GroupingRulesCheck.MAX_TEXT)
            String fingerprintRules,

            @NotNull @Size(max = GroupingRulesCheck.MAX_TEXT)
            String stacktraceRules,

            @NotNull Long revision) {}

    @GetMapping("/api/v1/projects/{id}/grouping-rules")
    @Allowed(Scope.PROJECT_READ)
    ProjectGroupingRules get(@PathVariable long id, Actor actor) {
        access.require(actor, id);
        return answer(processing.find(id));
    }

    /** Replaces the rules; holds for events that are processed some seconds later. What is stored stays where it is. */
    @PutMapping("/api/v1/projects/{id}/grouping-rules")
    @Allowed(Scope.PROJECT_WRITE)
    ProjectGroupingRules replace(@PathVariable long id, @Valid @RequestBody GroupingRulesChange change, Actor actor) {
        access.require(actor, id);
        GroupingRulesCheck.require(change.fingerprintRules(), change.stacktraceRules());
        ProjectGroupingRules before = answer(processing.find(id));
        return audit.inTransaction(() -> {
            ProjectGroupingRules after = processing
                    .replaceGroupingRules(
                            id, change.fingerprintRules(), change.stacktraceRules(), change.revision(), actor.email())
                    .map(ProjectGroupingRules::of)
                    .orElseThrow(() -> ApiException.conflict(
                            "revision",
                            "%d is not the latest any more; read the rules again".formatted(change.revision())));
            audit.record(
                    actor,
                    "project.grouping_rules_changed",
                    new AuditLog.Target("project", id, ""),
                    before.texts(),
                    after.texts());
            return after;
        });
    }

    private static ProjectGroupingRules answer(Optional<ProjectProcessing> stored) {
        return stored.map(ProjectGroupingRules::of).orElse(ProjectGroupingRules.NONE);
    }
}
