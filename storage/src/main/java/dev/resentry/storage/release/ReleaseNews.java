package dev.resentry.storage.release;

import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.model.wire.ProcessedRecord.ReleaseActivity;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What topic {@code events} is told of releases. */
final class ReleaseNews {
    private static final InstantSource CLOCK = InstantSource.system();

    private ReleaseNews() {}

    /** Of what somebody does now. */
    static Origin origin(long projectId) {
        return origin(projectId, Cause.LIVE);
    }

    static Origin origin(long projectId, Cause cause) {
        return new Origin(
                UUID.randomUUID(),
                cause,
                new ProjectId(projectId),
                CLOCK.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** @param by who said that it is there; null if an event named it */
    static ReleaseActivity created(long projectId, Cause cause, String version, @Nullable String by) {
        return new ReleaseActivity(
                origin(projectId, cause), ReleaseActivity.Step.CREATED, version, null, null, null, by);
    }
}
