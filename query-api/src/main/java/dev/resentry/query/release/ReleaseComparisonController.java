package dev.resentry.query.release;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.release.StoredRelease;
import dev.resentry.storage.rollup.RollupQueries;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A release beside another one of its project. */
@NativeApi
@Tag(name = "Releases")
class ReleaseComparisonController {
    private final ReleaseSelection selection;
    private final RollupQueries rollups;

    ReleaseComparisonController(ReleaseSelection selection, RollupQueries rollups) {
        this.selection = selection;
        this.rollups = rollups;
    }

    /**
     * What happened in a release.
     *
     * @param users how many users its events happened to: exact up to 256, then within about 1.2 %
     * @param newIssues issues whose first event with a release is of this one
     * @param regressedIssues issues that came back in it, whatever the environment
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ReleaseFigures(
            long id,
            String version,
            Instant date,
            long events,
            long users,
            long newIssues,
            long regressedIssues,
            @Nullable Instant firstEventAt,
            @Nullable Instant lastEventAt) {}

    /** @param with the other one; null if there is no release before it */
    record ReleaseComparison(
            ReleaseFigures release, @Nullable ReleaseFigures with) {}

    /**
     * Compares a release with another one.
     *
     * @param with the id of the other; absent for the one before it in the order of the project
     * @param environment in which events are counted; absent for all, empty for events without one
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/releases/{id}/comparison")
    ReleaseComparison compare(
            @PathVariable long id,
            @RequestParam @Nullable Long with,
            @RequestParam @Nullable List<String> environment,
            Actor actor) {
        StoredRelease release = selection.one(actor, id, environment);
        StoredRelease.Neighbour previous = release.previous();
        Long other = with != null ? with : previous == null ? null : Long.valueOf(previous.id());
        return new ReleaseComparison(
                figures(release, environment),
                other == null ? null : figures(ofSameProject(release, other, environment, actor), environment));
    }

    private StoredRelease ofSameProject(
            StoredRelease release, long other, @Nullable List<String> environment, Actor actor) {
        StoredRelease with = selection.one(actor, other, environment);
        if (with.project().id() != release.project().id()) {
            throw ApiException.invalid("with", "%d is of another project (expected: one of the same)".formatted(other));
        }
        return with;
    }

    private ReleaseFigures figures(StoredRelease release, @Nullable List<String> environment) {
        StoredRelease.Seen seen = release.seen();
        return new ReleaseFigures(
                release.id(),
                release.version(),
                release.date(),
                seen.events(),
                rollups.usersOfRelease(
                        release.project().id(), release.version(), ReleaseSelection.environmentsOf(environment)),
                seen.newIssues(),
                seen.regressedIssues(),
                seen.firstEventAt(),
                seen.lastEventAt());
    }
}
