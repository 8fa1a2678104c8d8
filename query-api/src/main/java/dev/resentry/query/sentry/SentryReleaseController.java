package dev.resentry.query.sentry;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.release.ReleaseChanges;
import dev.resentry.query.release.ReleaseCursor;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.release.ReleaseCommit;
import dev.resentry.storage.release.ReleaseDetails;
import dev.resentry.storage.release.ReleaseFilter;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.ReleaseSort;
import dev.resentry.storage.release.StoredRelease;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Releases, each path once for the organization and once for a project, as old tools have it. */
@SentryApi
class SentryReleaseController {
    static final String OF_ORGANIZATION = "/api/0/organizations/{organization}/releases";
    static final String OF_PROJECT = "/api/0/projects/{organization}/{project}/releases";
    private static final int MAX_PAGE = 100;

    private final ReleaseQueries releases;
    private final ReleaseChanges changes;
    private final SentrySelection selection;
    private final SentryReleases answers;

    SentryReleaseController(
            ReleaseQueries releases, ReleaseChanges changes, SentrySelection selection, SentryReleases answers) {
        this.releases = releases;
        this.changes = changes;
        this.selection = selection;
        this.answers = answers;
    }

    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping({OF_ORGANIZATION, OF_PROJECT})
    ResponseEntity<List<SentryRelease>> list(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        var filter = new ReleaseFilter(
                selection.where(actor, organization, project),
                null,
                query == null || query.isBlank() ? null : query,
                null);
        int limit = perPage == null ? MAX_PAGE : Math.clamp(perPage, 1, MAX_PAGE);
        Page<StoredRelease> page = releases.list(
                filter, ReleaseSort.DATE, ReleaseCursor.read(ReleaseSort.DATE, SentryLinks.cursor(cursor)), limit);
        return SentryLinks.page(
                answers.answers(page.entries()),
                page.hasMore()
                        ? ReleaseCursor.write(
                                ReleaseSort.DATE, page.entries().getLast().position())
                        : null);
    }

    /** Makes a release, or says more of one; 208 if it was there. One that is there need not say its projects. */
    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PostMapping({OF_ORGANIZATION, OF_PROJECT})
    ResponseEntity<SentryRelease> save(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @RequestBody ReleaseRequest request,
            Actor actor) {
        VisibleProjects where = selection.where(actor, organization, project);
        String version = request.version() == null ? "" : request.version().strip();
        if (version.isEmpty()) {
            throw ApiException.invalid("version", "missing");
        }
        List<Long> projects = project != null
                ? List.of(selection.project(actor, organization, project).id())
                : selection.projects(actor, request.namedProjects()).stream()
                        .map(Project::id)
                        .toList();
        boolean isNew = false;
        for (long one : projects) {
            isNew |= changes.save(actor, one, request.release(version)).isNew();
        }
        List<StoredRelease> found = releases.ofVersion(where, version);
        if (found.isEmpty()) {
            throw ApiException.invalid(
                    "projects", "empty (expected: at least one, as there is no release '%s')".formatted(version));
        }
        if (projects.isEmpty()) {
            found.forEach(release -> changes.save(actor, release.project().id(), request.release(version)));
        }
        archive(actor, found, request);
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.ALREADY_REPORTED)
                .body(answers.answer(releases.ofVersion(where, version)));
    }

    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping({OF_ORGANIZATION + "/{version}", OF_PROJECT + "/{version}"})
    SentryRelease get(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            Actor actor) {
        return answers.answer(selection.releases(selection.where(actor, organization, project), version));
    }

    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @PutMapping({OF_ORGANIZATION + "/{version}", OF_PROJECT + "/{version}"})
    SentryRelease change(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            @RequestBody ReleaseRequest request,
            Actor actor) {
        VisibleProjects where = selection.where(actor, organization, project);
        List<StoredRelease> found = selection.releases(where, version);
        found.forEach(release -> changes.save(actor, release.project().id(), request.release(version)));
        if (project == null) {
            selection
                    .projects(actor, request.namedProjects())
                    .forEach(named -> changes.save(actor, named.id(), request.release(version)));
        }
        archive(actor, found, request);
        return answers.answer(selection.releases(where, version));
    }

    /** Deletes a release without events. */
    @Allowed(value = Scope.PROJECT_RELEASES, or = Scope.ORG_CI)
    @DeleteMapping({OF_ORGANIZATION + "/{version}", OF_PROJECT + "/{version}"})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            Actor actor) {
        selection
                .releases(selection.where(actor, organization, project), version)
                .forEach(release -> changes.delete(actor, release));
    }

    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping({OF_ORGANIZATION + "/{version}/commits", OF_PROJECT + "/{version}/commits"})
    ResponseEntity<List<SentryRelease.Commit>> commits(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        StoredRelease release = withCommits(selection.releases(selection.where(actor, organization, project), version));
        int limit = perPage == null ? MAX_PAGE : Math.clamp(perPage, 1, MAX_PAGE);
        int behind = behind(SentryLinks.cursor(cursor));
        List<ReleaseCommit> found = releases.commits(release.id(), behind, limit + 1);
        return SentryLinks.page(
                found.stream().limit(limit).map(SentryRelease.Commit::of).toList(),
                found.size() > limit ? String.valueOf(behind + limit) : null);
    }

    /** The release before this one that has commits, in whichever project it is the newest; an empty object without one. */
    @Allowed(value = Scope.PROJECT_READ, or = Scope.ORG_CI)
    @GetMapping({OF_ORGANIZATION + "/{version}/previous-with-commits", OF_PROJECT + "/{version}/previous-with-commits"})
    Object previousWithCommits(
            @PathVariable String organization,
            @PathVariable(required = false) @Nullable String project,
            @PathVariable String version,
            Actor actor) {
        VisibleProjects where = selection.where(actor, organization, project);
        List<StoredRelease> before = releases.previousWithCommits(selection.releases(where, version).stream()
                .map(StoredRelease::id)
                .toList());
        if (before.isEmpty()) {
            return Map.of();
        }
        String newest = before.getFirst().version();
        return answers.answer(
                before.stream().filter(one -> one.version().equals(newest)).toList());
    }

    private void archive(Actor actor, List<StoredRelease> found, ReleaseRequest request) {
        Boolean archived = request.archived();
        if (archived != null) {
            found.forEach(
                    release -> changes.change(actor, release, new ReleaseDetails(null, null, null, archived), false));
        }
    }

    private static StoredRelease withCommits(List<StoredRelease> same) {
        return same.stream().filter(one -> one.commits() > 0).findFirst().orElse(same.getFirst());
    }

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
