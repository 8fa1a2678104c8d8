package dev.resentry.query.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.resentry.model.project.Slug;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectDeletion;
import dev.resentry.storage.project.ProjectDetails;
import dev.resentry.storage.project.ProjectStatus;
import dev.resentry.storage.project.ProjectStore;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Projects: list, add, change, delete. */
@NativeApi
@Tag(name = "Projects")
class ProjectController {
    private static final int MAX_AUTO_RESOLVE_HOURS = 24 * 365;
    private static final String STATUS = "active|disabled";
    private static final String STATUS_RULE = "expected: active or disabled";

    private final ProjectStore projects;
    private final ProjectRegistry registry;
    private final ProjectDeletion deletions;
    private final ProjectChanges changes;
    private final ProjectAccess access;
    private final AuditLog audit;
    private final URI publicUrl;

    ProjectController(
            ProjectStore projects,
            ProjectRegistry registry,
            ProjectDeletion deletions,
            ProjectChanges changes,
            ProjectAccess access,
            AuditLog audit,
            URI publicUrl) {
        this.projects = projects;
        this.registry = registry;
        this.deletions = deletions;
        this.changes = changes;
        this.access = access;
        this.audit = audit;
        this.publicUrl = publicUrl;
    }

    /** What else is sent of a new project is passed over: programs of other trackers send more (features, M1). */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record NewProject(
            @NotBlank @Size(max = 200) @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_RULE)
            String name,

            @Nullable @Pattern(regexp = Slug.PATTERN, message = Slug.RULE)
            String slug,

            @Nullable @Size(max = 64) @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_RULE)
            String platform) {}

    /**
     * A whole project: without a platform it has none. The rest stays unless it is given.
     *
     * @param autoResolveHours after how many hours without an event its issues are resolved; 0 for never
     * @param spikeProtection whether a spike sets a limit at its threshold, until it is over
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProjectReplacement(
            @NotBlank @Size(max = 200) @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_RULE)
            String name,

            @Nullable @Pattern(regexp = Slug.PATTERN, message = Slug.RULE)
            String slug,

            @Nullable @Size(max = 64) @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_RULE)
            String platform,

            @Nullable @Pattern(regexp = STATUS, message = STATUS_RULE)
            String status,

            @Nullable @Size(max = Origins.MAX)
            List<@NotNull @Pattern(regexp = Origins.PATTERN, message = Origins.RULE) String> allowedOrigins,

            @Nullable @Size(max = Limit.MAX) List<@NotNull @Valid Limit> limits,
            @Nullable @Min(0) @Max(MAX_AUTO_RESOLVE_HOURS) Integer autoResolveHours,
            @Nullable Boolean spikeProtection) {}

    /**
     * What is absent stays as it is; an empty list of limits has the default of the gateways count.
     *
     * @param autoResolveHours after how many hours without an event its issues are resolved; 0 for never
     * @param spikeProtection whether a spike sets a limit at its threshold, until it is over
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ProjectChange(
            @Nullable @Size(max = 200) @Pattern(regexp = Texts.FILLED_LINE, message = Texts.FILLED_LINE_RULE)
            String name,

            @Nullable @Pattern(regexp = Slug.PATTERN, message = Slug.RULE)
            String slug,

            @Nullable @Size(max = 64) @Pattern(regexp = Texts.ONE_LINE, message = Texts.ONE_LINE_RULE)
            String platform,

            @Nullable @Pattern(regexp = STATUS, message = STATUS_RULE)
            String status,

            @Nullable @Size(max = Origins.MAX)
            List<@NotNull @Pattern(regexp = Origins.PATTERN, message = Origins.RULE) String> allowedOrigins,

            @Nullable @Size(max = Limit.MAX) List<@NotNull @Valid Limit> limits,
            @Nullable @Min(0) @Max(MAX_AUTO_RESOLVE_HOURS) Integer autoResolveHours,
            @Nullable Boolean spikeProtection) {}

    /**
     * A deletion under way.
     *
     * @param job what removes the data, and where its progress is shown
     */
    record Deletion(long id, String status, String message, JobReference job) {}

    record JobReference(long id, String href) {}

    record Republished(int projects) {}

    @GetMapping({"/api/v1/projects", "/projects", "/api/projects"})
    @Allowed(Scope.PROJECT_READ)
    List<ProjectResponse> list(Actor actor) {
        VisibleProjects visible = access.of(actor);
        return projects.list().stream()
                .filter(project -> visible.contains(project.id()))
                .map(this::answer)
                .toList();
    }

    @PostMapping({"/api/v1/projects", "/api/projects"})
    @ResponseStatus(HttpStatus.CREATED)
    @Allowed(Scope.PROJECT_WRITE)
    ProjectResponse add(@Valid @RequestBody NewProject request, Actor actor) {
        return answer(registry.add(actor, request.name(), request.slug(), request.platform()));
    }

    @GetMapping("/api/v1/projects/{id}")
    @Allowed(Scope.PROJECT_READ)
    ProjectResponse get(@PathVariable long id, Actor actor) {
        return answer(existing(id, actor));
    }

    @PutMapping("/api/v1/projects/{id}")
    @Allowed(Scope.PROJECT_WRITE)
    ProjectResponse replace(@PathVariable long id, @Valid @RequestBody ProjectReplacement request, Actor actor) {
        return store(
                id,
                actor,
                request.slug(),
                old -> new ProjectDetails(
                        orElse(request.slug(), old.slug()),
                        request.name().strip(),
                        request.platform(),
                        request.status() == null ? old.status() : ProjectStatus.of(request.status()),
                        request.allowedOrigins() == null ? old.allowedOrigins() : request.allowedOrigins(),
                        request.limits() == null ? old.limits() : Limit.quotas(request.limits(), "project_quota"),
                        autoResolveHours(request.autoResolveHours(), old),
                        spikeProtection(request.spikeProtection(), old)));
    }

    @PatchMapping("/api/v1/projects/{id}")
    @Allowed(Scope.PROJECT_WRITE)
    ProjectResponse change(@PathVariable long id, @Valid @RequestBody ProjectChange request, Actor actor) {
        return store(
                id,
                actor,
                request.slug(),
                old -> new ProjectDetails(
                        orElse(request.slug(), old.slug()),
                        orElse(request.name(), old.name()).strip(),
                        request.platform() == null ? old.platform() : request.platform(),
                        request.status() == null ? old.status() : ProjectStatus.of(request.status()),
                        request.allowedOrigins() == null ? old.allowedOrigins() : request.allowedOrigins(),
                        request.limits() == null ? old.limits() : Limit.quotas(request.limits(), "project_quota"),
                        autoResolveHours(request.autoResolveHours(), old),
                        spikeProtection(request.spikeProtection(), old)));
    }

    /** Stops the project at once; a job removes its data. */
    @DeleteMapping("/api/v1/projects/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.PROJECT_ADMIN)
    Deletion delete(@PathVariable long id, Actor actor) {
        ProjectResponse before = answer(existing(id, actor));
        ProjectDeletion.Started started = audit.inTransaction(() -> {
            var begun = deletions.start(id, actor.email()).orElseThrow(() -> ApiException.notFound("project", id));
            audit.record(actor, "project.deleted", target(begun.project()), before, null);
            return begun;
        });
        changes.made();
        return new Deletion(
                id,
                started.project().status().wireName(),
                "The project takes nothing any more; its data is being removed in the background",
                new JobReference(started.jobId(), "/api/v1/jobs/" + started.jobId()));
    }

    /** Tells the gateways of every project again, for a topic that was lost. */
    @PostMapping("/api/v1/projects/republish")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(Scope.ORG_WRITE)
    Republished republish(Actor actor) {
        int count = audit.inTransaction(() -> {
            int told = projects.enqueueAll();
            audit.record(actor, "projects.republished", new AuditLog.Target("projects", "all", ""), null, null);
            return told;
        });
        changes.made();
        return new Republished(count);
    }

    private ProjectResponse store(long id, Actor actor, @Nullable String slug, UnaryOperator<ProjectDetails> change) {
        return answer(registry.change(actor, id, slug, change));
    }

    private Project existing(long id, Actor actor) {
        access.require(actor, id);
        return projects.find(id).orElseThrow(() -> ApiException.notFound("project", id));
    }

    private static @Nullable Integer autoResolveHours(@Nullable Integer wanted, ProjectDetails old) {
        if (wanted == null) {
            return old.autoResolveHours();
        }
        return wanted == 0 ? null : wanted;
    }

    private static boolean spikeProtection(@Nullable Boolean wanted, ProjectDetails old) {
        return wanted == null ? old.spikeProtection() : wanted;
    }

    private static String orElse(@Nullable String wanted, String old) {
        return wanted == null ? old : wanted;
    }

    private static AuditLog.Target target(Project project) {
        return new AuditLog.Target("project", project.id(), project.slug());
    }

    private ProjectResponse answer(Project project) {
        return ProjectResponse.of(project, publicUrl);
    }
}
