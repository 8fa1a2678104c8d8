package dev.resentry.query.issue;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.merge.IssueHashQueries;
import dev.resentry.storage.merge.IssueHashQueries.UsedHash;
import dev.resentry.storage.merge.IssueMerge.Started;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Merges issues, and takes hashes out of one. */
@NativeApi
@Tag(name = "Issues")
class MergeController {
    private final IssueSelection selection;
    private final IssueMerges merges;
    private final IssueHashQueries hashes;

    MergeController(IssueSelection selection, IssueMerges merges, IssueHashQueries hashes) {
        this.selection = selection;
        this.merges = merges;
        this.hashes = hashes;
    }

    /**
     * Issues to be merged, all of one project.
     *
     * @param into which one stays; without it the one with the most events
     * @param ids which, if no filter is given
     * @param filter which, if no ids are given
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record IssueMergeRequest(
            @Nullable Long into,
            @Nullable @Size(max = IssueSelection.MOST) List<@NotNull Long> ids,
            @Nullable @Valid IssueFilterRequest filter) {}

    /** @param hashes as lists of an issue's hashes show them */
    @JsonNaming(SnakeCaseStrategy.class)
    record IssueUnmergeRequest(
            @NotEmpty @Size(max = 100) List<@NotNull @Pattern(regexp = "[0-9a-f]{32}") String> hashes) {}

    /**
     * An issue whose events are being moved.
     *
     * @param issueId the issue that stays, or the new one
     * @param merged how many issues are gone
     * @param job what moves the events
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record MergeResponse(long issueId, int merged, MergeJob job) {
        static MergeResponse of(Started started) {
            return new MergeResponse(
                    started.issueId(),
                    started.issues(),
                    new MergeJob(started.jobId(), "/api/v1/jobs/" + started.jobId()));
        }
    }

    @Schema(name = "IssueMergeJob")
    record MergeJob(long id, String href) {}

    /**
     * A hash by which events belong to an issue.
     *
     * @param strategy the id of the rules that made it
     * @param events how many of the issue's latest 100,000 events have it
     * @param latestEventId the latest of them
     * @param title of the latest of them
     */
    @Schema(name = "IssueHash")
    @JsonNaming(SnakeCaseStrategy.class)
    record HashResponse(
            String strategy, String hash, long events, Instant lastReceivedAt, String latestEventId, String title) {
        static HashResponse of(UsedHash used) {
            return new HashResponse(
                    used.strategy(),
                    used.hash(),
                    used.events(),
                    used.lastReceivedAt(),
                    used.latest().toString(),
                    used.title());
        }
    }

    record HashesResponse(List<HashResponse> results) {}

    /** Makes one issue of several: it keeps its id, status and assignee, and gets the events, comments and hashes of the others. */
    @Allowed(Scope.EVENT_WRITE)
    @PostMapping("/api/v1/issues/merge")
    MergeResponse merge(@Valid @RequestBody IssueMergeRequest request, Actor actor) {
        return MergeResponse.of(
                merges.merge(actor, selection.many(actor, request.ids(), request.filter()), request.into()));
    }

    /** Lists the hashes of an issue, those of the most events first. */
    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/v1/issues/{id}/hashes")
    HashesResponse hashes(@PathVariable long id, Actor actor) {
        return new HashesResponse(hashes.ofIssue(selection.one(actor, id).id()).stream()
                .map(HashResponse::of)
                .toList());
    }

    /** Takes hashes out of an issue: a new issue has them and their events from now on. */
    @Allowed(Scope.EVENT_WRITE)
    @PostMapping("/api/v1/issues/{id}/unmerge")
    MergeResponse unmerge(@PathVariable long id, @Valid @RequestBody IssueUnmergeRequest request, Actor actor) {
        return MergeResponse.of(merges.unmerge(actor, selection.one(actor, id), request.hashes()));
    }
}
