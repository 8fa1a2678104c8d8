package dev.resentry.query.job;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.job.JobStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Long jobs, the newest first. */
@NativeApi
@Tag(name = "Jobs")
class JobController {
    private final JobStore jobs;

    JobController(JobStore jobs) {
        this.jobs = jobs;
    }

    @GetMapping("/api/v1/jobs")
    PageResponse<JobResponse> list(@RequestParam @Nullable String cursor, @RequestParam @Nullable Integer limit) {
        return PageResponse.of(
                jobs.list(Cursor.beforeId(cursor), Cursor.limit(limit)),
                JobResponse::of,
                last -> Cursor.write(last.createdAt(), last.id()));
    }

    @GetMapping("/api/v1/jobs/{id}")
    JobResponse get(@PathVariable long id) {
        return jobs.find(id).map(JobResponse::of).orElseThrow(() -> ApiException.notFound("job", id));
    }
}
