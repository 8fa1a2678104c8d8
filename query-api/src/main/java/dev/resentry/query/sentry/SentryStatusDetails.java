package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.query.issue.StatusDetailsResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where an issue is resolved, or what ends its being ignored. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SentryStatusDetails(
        @Nullable Boolean inNextRelease,
        @Nullable String inRelease,
        StatusDetailsResponse.@Nullable Commit inCommit,
        @Nullable Boolean autoResolved,
        @Nullable Instant ignoreUntil,
        @Nullable Long ignoreCount,
        @Nullable Long ignoreWindow,
        @Nullable Long ignoreUserCount,
        @Nullable Long ignoreUserWindow,
        @Nullable Boolean untilEscalating) {
    static SentryStatusDetails of(StatusDetailsResponse details) {
        return new SentryStatusDetails(
                details.inNextRelease(),
                details.inRelease(),
                details.inCommit(),
                details.autoResolved(),
                details.ignoreUntil(),
                details.ignoreCount(),
                details.ignoreWindow(),
                details.ignoreUserCount(),
                details.ignoreUserWindow(),
                details.untilEscalating());
    }
}
