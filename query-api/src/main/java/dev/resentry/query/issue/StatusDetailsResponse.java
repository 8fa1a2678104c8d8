package dev.resentry.query.issue;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.model.issue.state.IgnoreUntil;
import dev.resentry.model.issue.state.IgnoreUntil.Further;
import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.Resolution;
import dev.resentry.storage.issue.StoredIssue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Where an issue is resolved, or what ends its being ignored; nothing for plainly resolved and for ignored for ever.
 *
 * @param inRelease the version from which on it is resolved
 * @param inNextRelease whether it is resolved in what comes after {@code currentRelease}
 * @param currentRelease the newest release when it was resolved
 * @param inCommit the commit in which it is resolved, as long as no release has it
 * @param autoResolved whether it was resolved because it had not happened for long
 * @param ignoreUntil the time that ends it
 * @param ignoreCount without a window how many events are left, with one how many end it
 * @param ignoreWindow in minutes
 * @param ignoreUserCount without a window how many users are left, with one how many end it
 * @param ignoreUserWindow in minutes
 * @param untilEscalating whether far more events than before end it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "IssueStatusDetails")
public record StatusDetailsResponse(
        @Nullable String inRelease,
        @Nullable Boolean inNextRelease,
        @Nullable String currentRelease,
        @Nullable Commit inCommit,
        @Nullable Boolean autoResolved,
        @Nullable Instant ignoreUntil,
        @Nullable Long ignoreCount,
        @Nullable Long ignoreWindow,
        @Nullable Long ignoreUserCount,
        @Nullable Long ignoreUserWindow,
        @Nullable Boolean untilEscalating) {
    private static final StatusDetailsResponse NONE =
            new StatusDetailsResponse(null, null, null, null, null, null, null, null, null, null, null);

    /**
     * A commit, as releases name it.
     *
     * @param repository null for any
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "IssueCommitDetails")
    public record Commit(String commit, @Nullable String repository) {}

    /** The details of an issue's state. */
    public static StatusDetailsResponse of(StoredIssue issue) {
        return switch (issue.state()) {
            case IssueState.Unresolved _ -> NONE;
            case IssueState.Resolved(Resolution resolution, Instant _) ->
                switch (resolution) {
                    case Resolution.Everywhere() -> NONE;
                    case Resolution.ByAge() ->
                        new StatusDetailsResponse(null, null, null, null, true, null, null, null, null, null, null);
                    case Resolution.InRelease(String version) ->
                        new StatusDetailsResponse(version, null, null, null, null, null, null, null, null, null, null);
                    case Resolution.InNextRelease(String current) ->
                        new StatusDetailsResponse(null, true, current, null, null, null, null, null, null, null, null);
                    case Resolution.InCommit(String commit, String repository) ->
                        new StatusDetailsResponse(
                                null,
                                null,
                                null,
                                new Commit(commit, repository),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null);
                };
            case IssueState.Ignored(IgnoreUntil until, Instant _) ->
                new StatusDetailsResponse(
                        null,
                        null,
                        null,
                        null,
                        null,
                        until.time(),
                        left(until.events(), issue.eventCount()),
                        minutes(until.events()),
                        left(until.users(), issue.usersAffected()),
                        minutes(until.users()),
                        until.escalating() ? true : null);
        };
    }

    private static @Nullable Long left(@Nullable Further further, long now) {
        if (further == null) {
            return null;
        }
        return further.window() != null ? further.more() : Math.max(0, further.before() + further.more() - now);
    }

    private static @Nullable Long minutes(@Nullable Further further) {
        Duration window = further == null ? null : further.window();
        return window == null ? null : window.toMinutes();
    }
}
