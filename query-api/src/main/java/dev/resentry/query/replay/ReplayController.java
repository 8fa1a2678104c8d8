package dev.resentry.query.replay;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.job.JobResponse;
import dev.resentry.query.job.JobsOfKind;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.replay.ReplayRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

/** Has what was received processed again. A replay is a job: it is paused, resumed and cancelled as such. */
@NativeApi
@Tag(name = "Replays")
class ReplayController {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int MAX_NAMES = 1_000;

    private final JobStore jobs;
    private final JobsOfKind replays;
    private final ProjectStore projects;
    private final ProjectAccess access;
    private final AuditLog audit;

    ReplayController(JobStore jobs, ProjectStore projects, ProjectAccess access, AuditLog audit) {
        this.jobs = jobs;
        this.replays = new JobsOfKind(jobs, access, ReplayRequest.KIND);
        this.projects = projects;
        this.access = access;
        this.audit = audit;
    }

    /**
     * What to process again.
     *
     * @param from envelopes that arrived then or later
     * @param to envelopes that arrived before
     * @param projects ids; absent or empty for all
     * @param types only envelopes with an item of one of these types, all of whose rows are rewritten; absent or empty for all
     * @param dryRun whether nothing is changed and only told what would be
     * @param retell whether topic events is told of all that is stored, and not only of what changed, as for a copy that is new
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Replay")
    record Replay(
            @NotNull Instant from,
            @NotNull Instant to,
            @Nullable @Size(max = MAX_NAMES) List<@NotNull Long> projects,
            @Nullable @Size(max = MAX_NAMES) List<@NotBlank @Size(max = 200) String> types,
            @Nullable Boolean dryRun,
            @Nullable Boolean retell) {}

    @PostMapping("/api/v1/replays")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.EVENT_ADMIN)
    JobResponse add(@Valid @RequestBody Replay replay, Actor actor) {
        VisibleProjects visible = access.of(actor);
        if (!replay.from().isBefore(replay.to())) {
            throw ApiException.invalid("to", "%s (expected: behind from)".formatted(replay.to()));
        }
        if (!replay.from().isBefore(CLOCK.instant())) {
            throw ApiException.invalid("from", "%s (expected: in the past)".formatted(replay.from()));
        }
        List<Long> wanted = replay.projects() == null ? List.of() : replay.projects();
        Set<Long> known = projects.list().stream()
                .map(Project::id)
                .filter(visible::contains)
                .collect(Collectors.toUnmodifiableSet());
        if (wanted.isEmpty() && !visible.areAll()) {
            throw ApiException.invalid("projects", "none (expected: some, as you do not see all projects)");
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!known.contains(wanted.get(i))) {
                throw ApiException.invalid("projects[%d]".formatted(i), "there is no project " + wanted.get(i));
            }
        }
        var request = new ReplayRequest(
                replay.from(),
                replay.to(),
                wanted,
                replay.types() == null ? List.of() : replay.types(),
                Boolean.TRUE.equals(replay.dryRun()),
                Boolean.TRUE.equals(replay.retell()));
        return audit.inTransaction(() -> {
            long id = jobs.enqueue(ReplayRequest.KIND, request.json(), actor.email());
            audit.record(actor, "replay.started", new AuditLog.Target("job", id, ReplayRequest.KIND), null, replay);
            return replays.one(actor, id);
        });
    }

    /** Replays, the newest first: who asked for which range and projects, how far and how fast they are, what they did. */
    @GetMapping("/api/v1/replays")
    @Allowed(Scope.EVENT_READ)
    PageResponse<JobResponse> list(
            @RequestParam @Nullable String cursor, @RequestParam @Nullable Integer limit, Actor actor) {
        return replays.list(actor, cursor, limit);
    }

    /** A replay's job, with what it did once it has ended. */
    @GetMapping("/api/v1/replays/{id}")
    @Allowed(Scope.EVENT_READ)
    JobResponse get(@PathVariable long id, Actor actor) {
        return replays.one(actor, id);
    }
}
