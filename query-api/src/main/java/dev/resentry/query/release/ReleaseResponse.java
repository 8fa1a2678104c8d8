package dev.resentry.query.release;

import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.storage.release.DeploymentStore.Latest;
import dev.resentry.storage.release.StoredRelease;
import dev.resentry.storage.session.ReleaseHealth;
import dev.resentry.storage.session.SessionQueries.ReleaseKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A release of a project.
 *
 * @param shortVersion the version for people: without the package, the build in brackets, 12 digits of a commit's hash
 * @param packageName what stands before the {@code @} of the version
 * @param isSemver whether the version is one of semantic versioning
 * @param date when it was released; if nobody said so, when it was first seen. Orders releases where versions do not
 * @param events in the environments of the request, if it names any; so are the other counts and times
 * @param newIssues issues whose first event with a release is of this one
 * @param regressedIssues issues that came back in it, whatever the environment
 * @param minifiedEvents events that lack source maps, whatever the environment; at most 100 are counted
 * @param commits how many are known of it
 * @param createdBy the e-mail address of who made it; null if it came by an event
 * @param deployments the latest in each environment
 * @param previous the release before it: by semantic versioning if the ten newest releases of the project have such
 *     versions, else by date
 * @param health how its sessions went
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "Release")
public record ReleaseResponse(
        long id,
        ReleaseProject project,
        String version,
        String shortVersion,
        @Nullable String packageName,
        boolean isSemver,
        Instant date,
        @Nullable Instant dateReleased,
        Instant createdAt,
        @Nullable Instant firstEventAt,
        @Nullable Instant lastEventAt,
        long events,
        long newIssues,
        long regressedIssues,
        int minifiedEvents,
        boolean archived,
        @Nullable String ref,
        @Nullable String url,
        int commits,
        @Nullable String createdBy,
        List<LatestDeployment> deployments,
        @Nullable PreviousRelease previous,
        ReleaseHealthSummary health) {

    /** The project of a release. */
    public record ReleaseProject(
            long id, String slug, String name, @Nullable String platform) {}

    /** When a release was last brought to an environment. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record LatestDeployment(String environment, Instant deployedAt) {}

    /** Another release of the project. */
    public record PreviousRelease(long id, String version) {}

    /**
     * The sessions of a release in the last 30 days. All is null without any.
     *
     * @param crashFreeSessions the share of sessions that did not crash, from 0 to 1
     * @param crashFreeSessionsBefore that of the release before it
     * @param adoption its share of the sessions of its project in the last 24 hours, from 0 to 1
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ReleaseHealthSummary")
    public record ReleaseHealthSummary(
            @Nullable Long sessions,
            @Nullable Double crashFreeSessions,
            @Nullable Double crashFreeSessionsBefore,
            @Nullable Double adoption) {
        private static final ReleaseHealthSummary NONE = new ReleaseHealthSummary(null, null, null, null);

        static ReleaseHealthSummary of(StoredRelease release, Map<ReleaseKey, ReleaseHealth> health) {
            long project = release.project().id();
            ReleaseHealth own = health.get(new ReleaseKey(project, release.version()));
            if (own == null) {
                return NONE;
            }
            StoredRelease.Neighbour previous = release.previous();
            ReleaseHealth before = previous == null ? null : health.get(new ReleaseKey(project, previous.version()));
            return new ReleaseHealthSummary(
                    own.sessions().sessions(),
                    own.sessions().crashFree(),
                    before == null ? null : before.sessions().crashFree(),
                    own.adoption());
        }
    }

    static ReleaseResponse of(StoredRelease release, List<Latest> deployments, ReleaseHealthSummary health) {
        ReleaseVersion version = ReleaseVersion.parse(release.version());
        StoredRelease.Neighbour previous = release.previous();
        return new ReleaseResponse(
                release.id(),
                new ReleaseProject(
                        release.project().id(),
                        release.project().slug(),
                        release.project().name(),
                        release.project().platform()),
                release.version(),
                version.shortForm(),
                version.packageName(),
                version.isSemver(),
                release.date(),
                release.dateReleased(),
                release.createdAt(),
                release.seen().firstEventAt(),
                release.seen().lastEventAt(),
                release.seen().events(),
                release.seen().newIssues(),
                release.seen().regressedIssues(),
                release.seen().minifiedEvents(),
                release.archived(),
                release.ref(),
                release.url(),
                release.commits(),
                release.createdBy(),
                deployments.stream()
                        .map(latest -> new LatestDeployment(latest.environment(), latest.deployedAt()))
                        .toList(),
                previous == null ? null : new PreviousRelease(previous.id(), previous.version()),
                health);
    }
}
