package dev.resentry.query.live;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.deadletter.DeadLetterFilter;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.deadletter.StoredDeadLetter;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tells listeners of jobs and dead letters, by looking at the newest ones again and again while somebody listens. */
final class DatabaseSource {
    private static final int JOBS = 50;
    private static final int LETTERS = 20;

    private final LiveFeed feed;
    private final JobStore jobs;
    private final DeadLetterQueries letters;
    private Map<Long, JobFigures> known = Map.of();
    private long newestLetter = -1;
    private boolean looked;

    DatabaseSource(LiveFeed feed, JobStore jobs, DeadLetterQueries letters) {
        this.feed = feed;
        this.jobs = jobs;
        this.letters = letters;
    }

    private record JobFigures(
            long id,
            String kind,
            @Nullable Long projectId,
            String state,
            long done,
            @Nullable Long total) {
        static JobFigures of(Job job) {
            JsonNode project = UntrustedJson.STORED.tree(job.parametersJson()).path("project_id");
            JobProgress progress = job.progress();
            return new JobFigures(
                    job.id(),
                    job.kind(),
                    project.isIntegralNumber() ? project.longValue() : null,
                    job.state().wireName(),
                    progress.done(),
                    progress.total());
        }
    }

    private record LetterFigures(long id, @Nullable Long projectId, String reason, String stage) {}

    /** What is of no project is for those who see all. */
    private static Audience audience(@Nullable Long projectId) {
        return projectId == null ? new Audience.OfAllProjects() : new Audience.OfProject(projectId);
    }

    /** Tells what changed since the last look; the first one only looks. */
    void look() {
        if (!feed.isWanted()) {
            looked = false;
            return;
        }
        Map<Long, JobFigures> now = new HashMap<>();
        jobs.list(VisibleProjects.ALL, Long.MAX_VALUE, JOBS)
                .entries()
                .forEach(job -> now.put(job.id(), JobFigures.of(job)));
        List<StoredDeadLetter> newest = letters.list(
                        new DeadLetterFilter(null, null, null, null), VisibleProjects.ALL, Long.MAX_VALUE, LETTERS)
                .entries();
        if (looked) {
            now.values().stream()
                    .filter(job -> !job.equals(known.get(job.id())))
                    .forEach(job -> feed.publish("job", audience(job.projectId()), job));
            newest.stream()
                    .filter(letter -> letter.id() > newestLetter)
                    .map(letter -> new LetterFigures(letter.id(), letter.projectId(), letter.reason(), letter.stage()))
                    .forEach(letter -> feed.publish("dead_letter", audience(letter.projectId()), letter));
        }
        known = now;
        newestLetter = newest.isEmpty()
                ? newestLetter
                : Math.max(newestLetter, newest.getFirst().id());
        looked = true;
    }
}
