package dev.resentry.query.issue;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.resentry.model.issue.state.StatusWish;
import dev.resentry.model.issue.state.StatusWish.From;
import dev.resentry.model.issue.state.StatusWish.Further;
import dev.resentry.query.error.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Where an issue is resolved, or what ends its being ignored; of several conditions the first that is met. Each is known by Sentry's
 * name too, as {@code inNextRelease}.
 *
 * @param inRelease the version of a release; {@code latest} for the newest one
 * @param inNextRelease true for the release that comes after the newest one
 * @param inCommit the first release that has this commit, even if it is still to come
 * @param ignoreUntil a time to come
 * @param ignoreDuration minutes from now
 * @param ignoreCount so many more events
 * @param ignoreWindow within so many minutes, a week at most; without it from now on
 * @param ignoreUserCount so many more users
 * @param ignoreUserWindow within so many minutes, a week at most; without it from now on
 * @param untilEscalating true for as long as it happens no more often than before
 */
@JsonNaming(SnakeCaseStrategy.class)
@Schema(name = "IssueStatusDetailsChange")
public record StatusDetailsRequest(
        @JsonAlias("inRelease") @Nullable String inRelease,
        @JsonAlias("inNextRelease") @Nullable Boolean inNextRelease,
        @JsonAlias("inCommit") @Nullable Commit inCommit,
        @JsonAlias("ignoreUntil") @Nullable Instant ignoreUntil,
        @JsonAlias("ignoreDuration") @Nullable Long ignoreDuration,
        @JsonAlias("ignoreCount") @Nullable Long ignoreCount,
        @JsonAlias("ignoreWindow") @Nullable Long ignoreWindow,
        @JsonAlias("ignoreUserCount") @Nullable Long ignoreUserCount,
        @JsonAlias("ignoreUserWindow") @Nullable Long ignoreUserWindow,
        @JsonAlias("untilEscalating") @Nullable Boolean untilEscalating) {
    static final StatusDetailsRequest NONE =
            new StatusDetailsRequest(null, null, null, null, null, null, null, null, null, null);

    private static final int MAX_COMMIT = 64;
    private static final int MAX_REPOSITORY = 250;
    private static final String LATEST = "latest";
    private static final long MOST_MINUTES = 525_600;
    private static final long MOST_WINDOW = 10_080;
    private static final long MOST_COUNT = 1_000_000_000;

    /**
     * A commit, as releases name it.
     *
     * @param commit its whole id
     * @param repository absent for any
     */
    @Schema(name = "IssueCommit")
    public record Commit(@Nullable String commit, @Nullable String repository) {
        private From.Commit from() {
            if (commit == null || commit.isBlank() || commit.strip().length() > MAX_COMMIT) {
                throw ApiException.invalid(
                        "status_details.in_commit.commit",
                        "'%s' (expected: 1 to %d characters)".formatted(commit, MAX_COMMIT));
            }
            if (repository != null && repository.length() > MAX_REPOSITORY) {
                throw ApiException.invalid(
                        "status_details.in_commit.repository",
                        "%d characters (expected: at most %d)".formatted(repository.length(), MAX_REPOSITORY));
            }
            return new From.Commit(
                    commit.strip(), repository == null || repository.isBlank() ? null : repository.strip());
        }
    }

    StatusWish.Resolve resolve() {
        refuseIgnoring();
        boolean isNext = Boolean.TRUE.equals(inNextRelease);
        if (inRelease != null && isNext) {
            throw ApiException.invalid("status_details.in_release", "expected: either it or in_next_release");
        }
        if (inCommit != null && (inRelease != null || isNext)) {
            throw ApiException.invalid("status_details.in_commit", "expected: either it or a release");
        }
        if (inCommit != null) {
            return new StatusWish.Resolve(inCommit.from());
        }
        if (isNext) {
            return new StatusWish.Resolve(new From.NextRelease());
        }
        if (inRelease == null) {
            return new StatusWish.Resolve(new From.Everywhere());
        }
        if (inRelease.isBlank()) {
            throw ApiException.invalid("status_details.in_release", "empty (expected: a version, or latest)");
        }
        return new StatusWish.Resolve(
                inRelease.equals(LATEST) ? new From.LatestRelease() : new From.Release(inRelease.strip()));
    }

    StatusWish.Ignore ignore(Instant now) {
        refuseResolving();
        within("ignore_duration", ignoreDuration, MOST_MINUTES);
        within("ignore_count", ignoreCount, MOST_COUNT);
        within("ignore_window", ignoreWindow, MOST_WINDOW);
        within("ignore_user_count", ignoreUserCount, MOST_COUNT);
        within("ignore_user_window", ignoreUserWindow, MOST_WINDOW);
        if (ignoreUntil != null && !ignoreUntil.isAfter(now)) {
            throw ApiException.invalid(
                    "status_details.ignore_until", "%s (expected: a time to come)".formatted(ignoreUntil));
        }
        if (ignoreUntil != null && ignoreDuration != null) {
            throw ApiException.invalid("status_details.ignore_until", "expected: either it or ignore_duration");
        }
        Instant until = ignoreDuration == null ? ignoreUntil : now.plus(Duration.ofMinutes(ignoreDuration));
        return new StatusWish.Ignore(
                until,
                further("ignore_window", ignoreCount, ignoreWindow),
                further("ignore_user_window", ignoreUserCount, ignoreUserWindow),
                Boolean.TRUE.equals(untilEscalating));
    }

    /** Of an issue that is taken up again nothing more can be said. */
    void refuseAll() {
        refuseIgnoring();
        refuseResolving();
    }

    private void refuseResolving() {
        if (inRelease != null || inNextRelease != null || inCommit != null) {
            throw ApiException.invalid("status_details", "a release or a commit (expected: only for status resolved)");
        }
    }

    private void refuseIgnoring() {
        if (ignoreUntil != null
                || ignoreDuration != null
                || ignoreCount != null
                || ignoreWindow != null
                || ignoreUserCount != null
                || ignoreUserWindow != null
                || untilEscalating != null) {
            throw ApiException.invalid("status_details", "what ends ignoring (expected: only for status ignored)");
        }
    }

    private static @Nullable Further further(String window, @Nullable Long more, @Nullable Long minutes) {
        if (more == null) {
            if (minutes != null) {
                throw ApiException.invalid("status_details." + window, "expected: only beside its count");
            }
            return null;
        }
        return new Further(more, minutes == null ? null : Duration.ofMinutes(minutes));
    }

    private static void within(String field, @Nullable Long value, long most) {
        if (value != null && (value < 1 || value > most)) {
            throw ApiException.invalid("status_details." + field, "%d (expected: 1 to %d)".formatted(value, most));
        }
    }
}
