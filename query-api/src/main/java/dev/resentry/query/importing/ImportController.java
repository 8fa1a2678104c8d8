package dev.resentry.query.importing;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.job.JobResponse;
import dev.resentry.query.job.JobsOfKind;
import dev.resentry.query.page.PageResponse;
import dev.resentry.service.http.RefusedTargetException;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.storage.importing.ImportRequest;
import dev.resentry.storage.job.JobStore;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Brings over what another Sentry-compatible server has. An import is a job: it is paused, resumed and cancelled as such. */
@NativeApi
@Tag(name = "Imports")
class ImportController {
    private static final int STANDARD_EVENTS = 25;

    private final JobStore jobs;
    private final JobsOfKind imports;
    private final SealedTokens tokens;
    private final AuditLog audit;

    ImportController(JobStore jobs, SealedTokens tokens, ProjectAccess access, AuditLog audit) {
        this.jobs = jobs;
        this.imports = new JobsOfKind(jobs, access, ImportRequest.KIND);
        this.tokens = tokens;
        this.audit = audit;
    }

    /**
     * What to import.
     *
     * @param url of the other server, as https://sentry.example
     * @param organization its slug there
     * @param token of the other server, which may read projects, issues and events; kept sealed until the import ends
     * @param projects slugs; absent or empty for all that the token sees
     * @param eventsPerIssue how many events of each issue, the newest first; 25 if absent
     * @param dryRun whether nothing is changed and only told what would be
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "Import")
    record Import(
            @NotBlank @Size(max = 2_000) String url,
            @NotBlank @Size(max = 200) String organization,
            @NotBlank @Size(max = 4_000) String token,
            @Nullable @Size(max = 1_000) List<@NotBlank @Size(max = 200) String> projects,
            @Nullable @Min(1) @Max(1_000) Integer eventsPerIssue,
            @Nullable Boolean dryRun) {

        @Override
        public String toString() {
            return "Import[%s/%s]".formatted(url, organization);
        }
    }

    @PostMapping("/api/v1/imports")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.ORG_WRITE)
    JobResponse add(@Valid @RequestBody Import wanted, Actor actor) {
        if (actor.userId() == Actor.NOBODY) {
            throw ApiException.forbidden("Comments are written in the name of who asks: a person, or a token of one");
        }
        var request = new ImportRequest(
                url(wanted.url()),
                wanted.organization(),
                wanted.projects() == null ? List.of() : wanted.projects(),
                wanted.eventsPerIssue() == null ? STANDARD_EVENTS : wanted.eventsPerIssue(),
                actor.userId(),
                Boolean.TRUE.equals(wanted.dryRun()));
        return audit.inTransaction(() -> {
            long id = jobs.enqueue(ImportRequest.KIND, request.json(), actor.email());
            tokens.put(id, wanted.token());
            audit.record(actor, "import.started", new AuditLog.Target("job", id, ImportRequest.KIND), null, request);
            return imports.one(actor, id);
        });
    }

    /** Imports, the newest first: from where, how far they are, what they did. */
    @GetMapping("/api/v1/imports")
    @Allowed(Scope.ORG_WRITE)
    PageResponse<JobResponse> list(
            @RequestParam @Nullable String cursor, @RequestParam @Nullable Integer limit, Actor actor) {
        return imports.list(actor, cursor, limit);
    }

    /** An import's job, with what it did once it has ended. */
    @GetMapping("/api/v1/imports/{id}")
    @Allowed(Scope.ORG_WRITE)
    JobResponse get(@PathVariable long id, Actor actor) {
        return imports.one(actor, id);
    }

    private static String url(String text) {
        try {
            String url = SafeHttp.url(text).toString();
            if (url.indexOf('?') >= 0 || url.indexOf('#') >= 0) {
                throw ApiException.invalid(
                        "url", "has a query or a fragment (expected: an address such as https://sentry.example)");
            }
            return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        } catch (RefusedTargetException e) {
            throw ApiException.invalid("url", String.valueOf(e.getMessage()));
        }
    }
}
