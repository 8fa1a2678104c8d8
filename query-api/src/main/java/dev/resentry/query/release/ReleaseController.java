package dev.resentry.query.release;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.schema.WordOf;
import dev.resentry.storage.Page;
import dev.resentry.storage.release.ReleaseDetails;
import dev.resentry.storage.release.ReleaseFilter;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.ReleaseSort;
import dev.resentry.storage.release.ReleaseStore.Saved;
import dev.resentry.storage.release.StoredRelease;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Releases: lists of them, each on its own, and what people say of it. */
@NativeApi
@Tag(name = "Releases")
class ReleaseController {
    private final ReleaseQueries releases;
    private final ReleaseSelection selection;
    private final ReleaseChanges changes;
    private final ProjectSelection projects;
    private final ProjectAccess access;

    ReleaseController(
            ReleaseQueries releases,
            ReleaseSelection selection,
            ReleaseChanges changes,
            ProjectSelection projects,
            ProjectAccess access) {
        this.releases = releases;
        this.selection = selection;
        this.changes = changes;
        this.projects = projects;
        this.access = access;
    }

    /**
     * What is absent stays as it is.
     *
     * @param dateReleased null for when it was first seen
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ReleaseChange(
            @Schema(type = "string", format = "date-time", nullable = true) @Nullable
            JsonNode dateReleased,

            @Nullable @Size(max = NewRelease.MAX_LINE) String ref,
            @Nullable @Size(max = NewRelease.MAX_URL) String url,
            @Nullable Boolean archived) {
        private boolean isUndated() {
            return dateReleased != null && dateReleased.isNull();
        }

        private ReleaseDetails details() {
            return new ReleaseDetails(date(), ref, url, archived);
        }

        private @Nullable Instant date() {
            if (dateReleased == null || dateReleased.isNull()) {
                return null;
            }
            try {
                return OffsetDateTime.parse(dateReleased.asString("")).toInstant();
            } catch (DateTimeParseException _) {
                throw ApiException.invalid(
                        "date_released",
                        "%s (expected: a time such as 2026-11-18T09:00:00Z, or null)".formatted(dateReleased));
            }
        }
    }

    /**
     * Lists releases.
     *
     * @param project slugs or ids
     * @param environment of which they have events or deployments; empty for events without one
     * @param query a text that the version holds
     * @param archived true for those that are archived, false for those that are not; absent for all
     * @param sort date, version (by semantic versioning) or last_event, the greatest first
     */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/releases")
    PageResponse<ReleaseResponse> list(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable Boolean archived,
            @RequestParam @Nullable @WordOf(ReleaseSort.class) String sort,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        ReleaseSort order = sort(sort);
        var filter = new ReleaseFilter(
                projects.of(actor, project),
                ReleaseSelection.environmentsOf(environment),
                query == null || query.isBlank() ? null : query.strip(),
                archived);
        Page<StoredRelease> page = releases.list(filter, order, ReleaseCursor.read(order, cursor), Cursor.limit(limit));
        List<StoredRelease> entries = page.entries();
        return new PageResponse<>(
                selection.answers(entries, environment),
                page.hasMore() ? ReleaseCursor.write(order, entries.getLast().position()) : null);
    }

    /** Makes a release; of one that is there, what is given is added or replaced. */
    @Allowed(Scope.PROJECT_RELEASES)
    @PostMapping("/api/v1/projects/{id}/releases")
    ReleaseResponse save(@PathVariable long id, @Valid @RequestBody NewRelease request, Actor actor) {
        access.require(actor, id);
        Saved saved = changes.save(actor, id, request);
        return answer(selection.one(actor, saved.id()));
    }

    /** @param environment in which its events are counted; absent for all, empty for events without one */
    @Allowed(Scope.PROJECT_READ)
    @GetMapping("/api/v1/releases/{id}")
    ReleaseResponse get(@PathVariable long id, @RequestParam @Nullable List<String> environment, Actor actor) {
        return selection
                .answers(List.of(selection.one(actor, id, environment)), environment)
                .getFirst();
    }

    @Allowed(Scope.PROJECT_RELEASES)
    @PatchMapping("/api/v1/releases/{id}")
    ReleaseResponse change(@PathVariable long id, @Valid @RequestBody ReleaseChange request, Actor actor) {
        changes.change(actor, selection.one(actor, id), request.details(), request.isUndated());
        return answer(selection.one(actor, id));
    }

    /** Deletes a release without events, with its commits and deployments. */
    @Allowed(Scope.PROJECT_RELEASES)
    @DeleteMapping("/api/v1/releases/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id, Actor actor) {
        changes.delete(actor, selection.one(actor, id));
    }

    private ReleaseResponse answer(StoredRelease release) {
        return selection.answers(List.of(release)).getFirst();
    }

    private static ReleaseSort sort(@Nullable String wanted) {
        if (wanted == null) {
            return ReleaseSort.DATE;
        }
        return Arrays.stream(ReleaseSort.values())
                .filter(sort -> sort.wireName().equals(wanted))
                .findFirst()
                .orElseThrow(() ->
                        ApiException.invalid("sort", "'%s' (expected: date, version or last_event)".formatted(wanted)));
    }
}
