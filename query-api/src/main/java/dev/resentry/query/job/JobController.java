package dev.resentry.query.job;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.regroup.RegroupJobs;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Long jobs, the newest first. */
@NativeApi
@Tag(name = "Jobs")
class JobController {
    private static final InstantSource CLOCK = InstantSource.system();

    private final JobStore jobs;
    private final ProjectAccess access;
    private final AuditLog audit;

    JobController(JobStore jobs, ProjectAccess access, AuditLog audit) {
        this.jobs = jobs;
        this.access = access;
        this.audit = audit;
    }

    @GetMapping("/api/v1/jobs")
    @Allowed(Scope.EVENT_READ)
    PageResponse<JobResponse> list(
            @RequestParam @Nullable String cursor, @RequestParam @Nullable Integer limit, Actor actor) {
        return PageResponse.of(
                jobs.list(access.of(actor), Cursor.beforeId(cursor), Cursor.limit(limit)),
                job -> JobResponse.of(job, CLOCK.instant()),
                last -> Cursor.write(last.createdAt(), last.id()));
    }

    @GetMapping("/api/v1/jobs/{id}")
    @Allowed(Scope.EVENT_READ)
    JobResponse get(@PathVariable long id, Actor actor) {
        return answer(id, actor);
    }

    /** Has a job rest behind its step until it is resumed. */
    @PostMapping("/api/v1/jobs/{id}/pause")
    @Allowed(Scope.EVENT_ADMIN)
    JobResponse pause(@PathVariable long id, Actor actor) {
        return changed(id, "paused", actor, () -> jobs.pause(id, actor.email()));
    }

    @PostMapping("/api/v1/jobs/{id}/resume")
    @Allowed(Scope.EVENT_ADMIN)
    JobResponse resume(@PathVariable long id, Actor actor) {
        return changed(id, "resumed", actor, () -> jobs.resume(id));
    }

    /** Has a job end behind its step; what it did until then stays. */
    @PostMapping("/api/v1/jobs/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.EVENT_ADMIN)
    JobResponse cancel(@PathVariable long id, Actor actor) {
        if (RegroupJobs.WHOLE.contains(answer(id, actor).kind())) {
            throw ApiException.conflict("kind", "a regroup is applied and undone as a whole and cannot be cancelled");
        }
        return changed(id, "cancelled", actor, () -> jobs.cancel(id, actor.email()));
    }

    private JobResponse changed(long id, String wanted, Actor actor, BooleanSupplier change) {
        return audit.inTransaction(() -> {
            JobResponse before = answer(id, actor);
            boolean done = change.getAsBoolean();
            JobResponse after = answer(id, actor);
            if (!done) {
                throw ApiException.conflict(
                        "state", "job %d is %s and cannot be %s".formatted(id, after.state(), wanted));
            }
            audit.record(
                    actor,
                    "job." + wanted,
                    new AuditLog.Target("job", id, after.kind()),
                    Map.of("state", before.state()),
                    Map.of("state", after.state()));
            return after;
        });
    }

    private JobResponse answer(long id, Actor actor) {
        return jobs.find(id, access.of(actor))
                .map(job -> JobResponse.of(job, CLOCK.instant()))
                .orElseThrow(() -> ApiException.notFound("job", id));
    }
}
