package dev.resentry.query.issue;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.resentry.model.issue.state.Priority;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.deletion.IssueDeletion;
import dev.resentry.storage.issue.IssueChange;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What is done with many issues at once: those of some ids, or all that a filter wants. */
@NativeApi
@Tag(name = "Issues")
class ManyIssuesController {
    private final IssueSelection selection;
    private final IssueChanges changes;
    private final InstantSource clock;

    ManyIssuesController(IssueSelection selection, IssueChanges changes, InstantSource clock) {
        this.selection = selection;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * A change of many issues; see {@link IssueChangeRequest}.
     *
     * @param ids which, if no filter is given
     * @param filter which, if no ids are given
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ManyIssuesChange(
            @Nullable @Size(max = IssueSelection.MOST) List<@NotNull Long> ids,
            @Nullable @Valid IssueFilterRequest filter,

            @Schema(allowableValues = {"unresolved", "resolved", "ignored", "resolvedInNextRelease"}) @Nullable
            String status,

            @Schema(allowableValues = {"archived_until_escalating", "archived_forever"}) @Nullable
            String substatus,

            @JsonAlias("statusDetails") @Nullable StatusDetailsRequest statusDetails,

            @JsonAlias("assignedTo") @Schema(type = "integer", format = "int64", nullable = true) @Nullable
            JsonNode assignedTo,

            @WordOf(Priority.class) @Nullable String priority) {
        private IssueChange change(Instant now) {
            return new IssueChangeRequest(status, substatus, statusDetails, assignedTo, priority).change(now);
        }
    }

    /**
     * Issues to be deleted.
     *
     * @param ids which, if no filter is given
     * @param filter which, if no ids are given
     */
    record ManyIssues(
            @Nullable @Size(max = IssueSelection.MOST) List<@NotNull Long> ids,
            @Nullable @Valid IssueFilterRequest filter) {}

    /** @param changed how many issues were not as wanted before */
    record Changed(int changed) {}

    /**
     * Issues that are gone.
     *
     * @param jobs what removes their events, one job for each project
     */
    record Deleted(int deleted, List<JobReference> jobs) {}

    @Schema(name = "IssueDeletionJob")
    record JobReference(long id, String href) {}

    @Allowed(Scope.EVENT_WRITE)
    @PutMapping("/api/v1/issues")
    Changed change(@Valid @RequestBody ManyIssuesChange request, Actor actor) {
        IssueChange change = request.change(clock.instant());
        List<Long> ids = selection.many(actor, request.ids(), request.filter()).values().stream()
                .flatMap(List::stream)
                .toList();
        return new Changed(changes.change(actor, ids, change));
    }

    /** Deletes issues at once; jobs remove their events. What happens from then on makes new issues. */
    @Allowed(Scope.EVENT_ADMIN)
    @PostMapping("/api/v1/issues/delete")
    Deleted delete(@Valid @RequestBody ManyIssues request, Actor actor) {
        int deleted = 0;
        List<JobReference> jobs = new ArrayList<>();
        for (Map.Entry<Long, List<Long>> project :
                selection.many(actor, request.ids(), request.filter()).entrySet()) {
            Optional<IssueDeletion.Started> started = changes.delete(actor, project.getKey(), project.getValue());
            if (started.isPresent()) {
                deleted += started.get().issues();
                jobs.add(new JobReference(
                        started.get().jobId(), "/api/v1/jobs/" + started.get().jobId()));
            }
        }
        return new Deleted(deleted, jobs);
    }
}
