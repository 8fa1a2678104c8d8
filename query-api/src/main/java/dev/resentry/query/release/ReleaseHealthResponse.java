package dev.resentry.query.release;

import dev.resentry.storage.release.StoredRelease;
import dev.resentry.storage.session.Adoption;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionCounts;
import dev.resentry.storage.session.SessionUserCounts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How the sessions of a release went, by when they began. Shares are from 0 to 1, and null without sessions or users.
 *
 * @param intervalSeconds how long an entry of the series is
 * @param sessions whose start is known
 * @param healthy without errors and a bad end
 * @param errored with errors, and not one of the next three
 * @param erroredPerHundred with errors or a bad end among a hundred sessions
 * @param events of the release, of all levels, that happened in the hours that the time touches
 * @param eventsPerHundred such events to a hundred sessions that began in those hours; more than 100 if sessions have several
 * @param meanDurationSeconds of sessions that ended and said how long they took
 * @param users exact up to 256, then within about 1.2 %, as are those of crashed sessions
 * @param series the earliest first, with intervals without sessions
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "ReleaseHealth")
public record ReleaseHealthResponse(
        long releaseId,
        String version,
        Instant from,
        Instant to,
        long intervalSeconds,
        long sessions,
        long healthy,
        long errored,
        long unhandled,
        long abnormal,
        long crashed,
        @Nullable Double crashFreeSessions,
        @Nullable Double erroredPerHundred,
        long events,
        @Nullable Double eventsPerHundred,
        @Nullable Double meanDurationSeconds,
        long users,
        long crashedUsers,
        @Nullable Double crashFreeUsers,
        ReleaseAdoption adoption,
        List<HealthInterval> series) {

    /**
     * How far a release has come in its project, in the environments of the request.
     *
     * @param sessions its share of the sessions of the last 24 hours
     * @param users its share of their users
     * @param stage adopted with a tenth of the sessions of the last six hours, replaced if it had as many in an hour before
     *     and has not now, else low_adoption; null without sessions in six hours
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ReleaseAdoption(
            @Nullable Double sessions,
            @Nullable Double users,

            @Nullable @Schema(allowableValues = {"adopted", "low_adoption", "replaced"})
            String stage) {
        static ReleaseAdoption of(Adoption adoption) {
            Adoption.Stage stage = adoption.stage();
            return new ReleaseAdoption(adoption.sessions(), adoption.users(), stage == null ? null : stage.wireName());
        }
    }

    /**
     * An interval of the series.
     *
     * @param at when it begins
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record HealthInterval(
            Instant at,
            long sessions,
            long errored,
            long crashed,
            @Nullable Double crashFreeSessions,
            @Nullable Double erroredPerHundred) {
        static List<HealthInterval> of(SessionBuckets buckets, List<SessionCounts> series) {
            List<HealthInterval> intervals = new ArrayList<>(series.size());
            for (int i = 0; i < series.size(); i++) {
                SessionCounts counts = series.get(i);
                intervals.add(new HealthInterval(
                        buckets.begin(i),
                        counts.sessions(),
                        counts.errored(),
                        counts.crashed(),
                        counts.crashFree(),
                        counts.erroredPerHundred()));
            }
            return intervals;
        }
    }

    /**
     * Events of a release in some whole hours.
     *
     * @param sessions of the release that began in them
     */
    record HourlyEvents(long events, long sessions) {
        @Nullable
        Double perHundred() {
            return sessions == 0 ? null : Double.valueOf(100.0 * events / sessions);
        }
    }

    static ReleaseHealthResponse of(
            StoredRelease release,
            SessionBuckets buckets,
            List<SessionCounts> series,
            SessionUserCounts users,
            HourlyEvents events,
            Adoption adoption) {
        SessionCounts all = series.stream().reduce(SessionCounts.NONE, SessionCounts::plus);
        Long mean = all.meanDurationMillis();
        return new ReleaseHealthResponse(
                release.id(),
                release.version(),
                buckets.from(),
                buckets.to(),
                buckets.interval().toSeconds(),
                all.sessions(),
                Math.max(0, all.sessions() - all.errored()),
                all.erroredAlone(),
                all.unhandled(),
                all.abnormal(),
                all.crashed(),
                all.crashFree(),
                all.erroredPerHundred(),
                events.events(),
                events.perHundred(),
                mean == null ? null : mean / 1000.0,
                users.all(),
                users.crashed(),
                users.crashFree(),
                ReleaseAdoption.of(adoption),
                HealthInterval.of(buckets, series));
    }
}
