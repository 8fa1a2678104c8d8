package dev.resentry.query.job;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.job.JobStore;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The jobs of one kind, as far as who asks sees their projects. */
public final class JobsOfKind {
    private static final InstantSource CLOCK = InstantSource.system();

    private final JobStore jobs;
    private final ProjectAccess access;
    private final String kind;

    /** @param kind names one of them in faults, too */
    public JobsOfKind(JobStore jobs, ProjectAccess access, String kind) {
        this.jobs = jobs;
        this.access = access;
        this.kind = kind;
    }

    /** A page of them, the newest first. */
    public PageResponse<JobResponse> list(Actor actor, @Nullable String cursor, @Nullable Integer limit) {
        return PageResponse.of(
                jobs.list(kind, access.of(actor), Cursor.beforeId(cursor), Cursor.limit(limit)),
                job -> JobResponse.of(job, CLOCK.instant()),
                last -> Cursor.write(last.createdAt(), last.id()));
    }

    /**
     * One of them.
     *
     * @throws ApiException not found, if there is no such job of this kind
     */
    public JobResponse one(Actor actor, long id) {
        return jobs.find(id, access.of(actor))
                .filter(job -> job.kind().equals(kind))
                .map(job -> JobResponse.of(job, CLOCK.instant()))
                .orElseThrow(() -> ApiException.notFound(kind, id));
    }
}
