package dev.resentry.model.release;

import java.time.Instant;

/**
 * A release with the moment that orders it where its version does not.
 *
 * @param date when it was released; if nobody said so, when it was first seen
 */
public record DatedRelease(ReleaseVersion version, Instant date) {
    public static DatedRelease of(String version, Instant date) {
        return new DatedRelease(ReleaseVersion.parse(version), date);
    }
}
