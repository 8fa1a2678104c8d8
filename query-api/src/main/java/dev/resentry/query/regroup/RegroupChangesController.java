package dev.resentry.query.regroup;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.regroup.Regroup;
import dev.resentry.storage.regroup.RegroupChange;
import dev.resentry.storage.regroup.RegroupStore;
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

/** What becomes of issues by a regroup. */
@NativeApi
@Tag(name = "Regroups")
class RegroupChangesController {
    private final RegroupStore regroups;
    private final ProjectAccess access;

    RegroupChangesController(RegroupStore regroups, ProjectAccess access) {
        this.regroups = regroups;
        this.access = access;
    }

    /**
     * An issue that comes of several, or that becomes several.
     *
     * @param kind merge or split
     * @param issue of a merge the issue that the events go to, of a split the one that they come from
     * @param parts of a merge the issues that the events come from, of a split those that they go to: first the one that stays, then
     *     those of the most events; 20 at most
     * @param partsTotal how many parts there are
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record RegroupChangeResponse(
            @WordOf(RegroupChange.Kind.class) String kind, ChangedIssue issue, List<Part> parts, long partsTotal) {
        static RegroupChangeResponse of(RegroupChange change) {
            return new RegroupChangeResponse(
                    change.kind().wireName(),
                    new ChangedIssue(change.issueId(), change.title(), change.events()),
                    change.parts().stream().map(Part::of).toList(),
                    change.partsTotal());
        }
    }

    /**
     * The issue that changes.
     *
     * @param id null for one that does not exist yet
     * @param title of a merge as its events will be called, of a split as it is called now
     * @param events how many of the regroup's events are in it: of a merge afterwards, of a split before
     */
    @Schema(name = "RegroupedIssue")
    record ChangedIssue(@Nullable Long id, String title, long events) {}

    /**
     * A part of a change.
     *
     * @param issueId null for an issue that does not exist yet
     * @param title of a merge what the issue is called now, of a split what its latest event is called by the new rules
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "RegroupPart")
    record Part(
            @Nullable Long issueId, String title, @Nullable String culprit, long events, String latestEventId) {
        static Part of(RegroupChange.Part part) {
            return new Part(
                    part.issueId(),
                    part.title(),
                    part.culprit(),
                    part.events(),
                    part.latestEventId().toString());
        }
    }

    /** Lists the issues that a regroup merges or splits, those of the most events first. */
    @GetMapping("/api/v1/regroups/{id}/changes")
    @Allowed(Scope.PROJECT_READ)
    PageResponse<RegroupChangeResponse> list(
            @PathVariable long id,
            @RequestParam @WordOf(RegroupChange.Kind.class) String kind,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        RegroupChange.Kind wanted = switch (kind) {
            case "merge" -> RegroupChange.Kind.MERGE;
            case "split" -> RegroupChange.Kind.SPLIT;
            default -> throw ApiException.invalid("kind", "'%s' (expected: merge or split)".formatted(kind));
        };
        long behind = Cursor.behindNumber(cursor);
        int size = Cursor.limit(limit);
        Regroup regroup = regroups.find(id)
                .filter(found -> access.of(actor).contains(found.projectId()))
                .orElseThrow(() -> ApiException.notFound("regroup", id));
        return PageResponse.of(
                regroups.changes(regroup.id(), wanted, behind, size),
                RegroupChangeResponse::of,
                last -> Cursor.write(Instant.EPOCH, last.rank()));
    }
}
