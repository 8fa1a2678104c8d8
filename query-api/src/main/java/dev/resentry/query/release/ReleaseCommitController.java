package dev.resentry.query.release;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.storage.release.ReleaseCommit;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.ReleaseRef;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What of repositories is in a release. */
@NativeApi
@Tag(name = "Releases")
class ReleaseCommitController {
    private final ReleaseQueries releases;
    private final ReleaseSelection selection;

    ReleaseCommitController(ReleaseQueries releases, ReleaseSelection selection) {
        this.releases = releases;
        this.selection = selection;
    }

    /**
     * A commit of a release.
     *
     * @param files the paths that it changed
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ReleaseCommit")
    record CommitResponse(
            String id,
            @Nullable String repository,
            @Nullable String message,
            @Nullable String authorName,
            @Nullable String authorEmail,
            @Nullable Instant timestamp,
            List<String> files) {
        static CommitResponse of(ReleaseCommit commit) {
            return new CommitResponse(
                    commit.id(),
                    commit.repository(),
                    commit.message(),
                    commit.authorName(),
                    commit.authorEmail(),
                    commit.committedAt(),
                    commit.files());
        }
    }

    /** Up to which commit of a repository a release goes. */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "ReleaseRef")
    record RefResponse(
            String repository, String commit, @Nullable String previousCommit) {
        static RefResponse of(ReleaseRef ref) {
            return new RefResponse(ref.repository(), ref.commitId(), ref.previousCommit());
        }
    }

    /**
     * The commits of a release, in the order in which they were given.
     *
     * @param next what to send as {@code cursor} for the page behind this one; null if there is none
     */
    record ReleaseCommits(
            List<CommitResponse> results,
            List<RefResponse> refs,
            @Nullable String next) {}

    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/releases/{id}/commits")
    ReleaseCommits commits(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        long release = selection.one(actor, id).id();
        int behind = behind(cursor);
        int most = Cursor.limit(limit);
        List<ReleaseCommit> found = releases.commits(release, behind, most + 1);
        return new ReleaseCommits(
                found.stream().limit(most).map(CommitResponse::of).toList(),
                releases.refs(release).stream().map(RefResponse::of).toList(),
                found.size() > most ? String.valueOf(behind + most) : null);
    }

    /** Commits are numbered without gaps. */
    private static int behind(@Nullable String cursor) {
        if (cursor == null) {
            return 0;
        }
        if (!cursor.matches("\\d{1,9}")) {
            throw ApiException.invalid("cursor", "not a cursor that this API gave");
        }
        return Integer.parseInt(cursor);
    }
}
