package dev.resentry.query.job;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.job.JobStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.InstantSource;
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

    JobController(JobStore jobs) {
        this.jobs = jobs;
    }

    @GetMapping("/api/v1/jobs")
    PageResponse<JobResponse> list(@RequestParam @Nullable String cursor, @RequestParam @Nullable Integer limit) {
        return PageResponse.of(
                jobs.list(Cursor.beforeId(cursor), Cursor.limit(limit)),
                job -> JobResponse.of(job, CLOCK.instant()),
                last -> Cursor.write(last.createdAt(), last.id()));
    }

    @GetMapping("/api/v1/jobs/{id}")
    JobResponse get(@PathVariable long id) {
        return answer(id);
    }

    /** Has a job rest behind its step until it is resumed. */
    @PostMapping("/api/v1/jobs/{id}/pause")
    JobResponse pause(@PathVariable long id, Principal caller) {
        return answer(id, "paused", jobs.pause(id, caller.getName()));
    }

    @PostMapping("/api/v1/jobs/{id}/resume")
    JobResponse resume(@PathVariable long id) {
        return answer(id, "resumed", jobs.resume(id));
    }

    /** Has a job end behind its step; what it did until then stays. */
    @PostMapping("/api/v1/jobs/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    JobResponse cancel(@PathVariable long id, Principal caller) {
        return answer(id, "cancelled", jobs.cancel(id, caller.getName()));
    }

    private JobResponse answer(long id, String wanted, boolean done) {
        JobResponse job = answer(id);
        if (!done) {
            throw ApiException.conflict("state", "job %d is %s and cannot be %s".formatted(id, job.state(), wanted));
        }
        return job;
    }

    private JobResponse answer(long id) {
        return jobs.find(id)
                .map(job -> JobResponse.of(job, CLOCK.instant()))
                .orElseThrow(() -> ApiException.notFound("job", id));
    }
}
