package dev.resentry.query.issue;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Issues, the one seen last first. */
@NativeApi
@Tag(name = "Issues")
class IssueController {
    private static final Set<String> STATUSES = Set.of("unresolved", "resolved", "ignored");

    private final IssueQueries issues;
    private final IssueStore store;
    private final ProjectStore projects;

    IssueController(IssueQueries issues, IssueStore store, ProjectStore projects) {
        this.issues = issues;
        this.store = store;
        this.projects = projects;
    }

    /**
     * An issue as the API shows it.
     *
     * @param count how many events it has
     * @param usersAffected how many users they happened to: exact up to 256, then within about 1.2 %
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Issue")
    record IssueResponse(
            long id,
            long projectId,
            String project,
            String title,
            @Nullable String culprit,
            String level,
            @Nullable String platform,
            String status,
            long count,
            long usersAffected,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable String firstRelease,
            @Nullable String lastRelease) {
        static IssueResponse of(StoredIssue issue) {
            return new IssueResponse(
                    issue.id(),
                    issue.projectId(),
                    issue.projectSlug(),
                    issue.title(),
                    issue.culprit(),
                    issue.level(),
                    issue.platform(),
                    issue.status(),
                    issue.eventCount(),
                    issue.usersAffected(),
                    issue.firstSeen(),
                    issue.lastSeen(),
                    issue.firstRelease(),
                    issue.lastRelease());
        }
    }

    record IssueChange(
            @NotNull
            @Pattern(regexp = "unresolved|resolved|ignored", message = "expected: unresolved, resolved or ignored")
            String status) {}

    /**
     * Lists issues.
     *
     * @param project a project's slug or id
     * @param query a text that the title holds
     */
    @GetMapping({"/issues", "/api/v1/issues"})
    PageResponse<IssueResponse> list(
            @RequestParam @Nullable String project,
            @RequestParam @Nullable String status,
            @RequestParam @Nullable String query,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit) {
        if (status != null && !STATUSES.contains(status)) {
            throw ApiException.invalid("status", "'%s' (expected: unresolved, resolved or ignored)".formatted(status));
        }
        var filter = new IssueFilter(
                project == null ? null : projectOf(project).id(),
                status,
                query == null || query.isBlank() ? null : query);
        return PageResponse.of(
                issues.list(filter, Cursor.issuePosition(cursor), Cursor.limit(limit)),
                IssueResponse::of,
                last -> Cursor.write(last.lastSeen(), last.id()));
    }

    @GetMapping({"/issues/{id}", "/api/v1/issues/{id}"})
    IssueResponse get(@PathVariable long id) {
        return issues.find(id).map(IssueResponse::of).orElseThrow(() -> ApiException.notFound("issue", id));
    }

    @PutMapping({"/issues/{id}", "/api/v1/issues/{id}"})
    IssueResponse change(@PathVariable long id, @Valid @RequestBody IssueChange request, Principal caller) {
        if (!store.changeStatus(id, request.status(), caller.getName())) {
            throw ApiException.notFound("issue", id);
        }
        return get(id);
    }

    private Project projectOf(String slugOrId) {
        return projects.findBySlug(slugOrId)
                .or(() -> slugOrId.matches("\\d{1,18}")
                        ? projects.find(Long.parseLong(slugOrId))
                        : java.util.Optional.empty())
                .orElseThrow(() -> ApiException.notFound("project", slugOrId));
    }
}
