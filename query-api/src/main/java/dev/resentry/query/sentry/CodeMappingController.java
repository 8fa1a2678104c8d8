package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.resentry.model.repository.PathMapping;
import dev.resentry.model.repository.PathMappings;
import dev.resentry.model.repository.Repository;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.repository.RepositoryStore;
import dev.resentry.storage.repository.StoredRepository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Which folder of a repository is what frames call otherwise. */
@SentryApi
class CodeMappingController {
    private static final int MOST = 50;
    private static final int MAX_PATH = 500;

    private final RepositoryStore repositories;
    private final SentrySelection where;
    private final AuditLog audit;

    CodeMappingController(RepositoryStore repositories, SentrySelection where, AuditLog audit) {
        this.repositories = repositories;
        this.where = where;
        this.audit = audit;
    }

    /** @param repository the one that the project has, by its address or the end of it */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record MappingsRequest(
            @Nullable String project,
            @Nullable String repository,
            @Nullable String defaultBranch,
            @Nullable List<Mapping> mappings) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Mapping(@Nullable String stackRoot, @Nullable String sourceRoot) {}

    /** How many are new, and how many are otherwise than before. */
    record MappingsAnswer(int created, int updated, int errors, List<Mapped> mappings) {}

    /** @param status created or updated */
    record Mapped(String stackRoot, String sourceRoot, String status) {}

    /** Adds to the mappings of the project's repository; one of the same root is replaced. */
    @Allowed(value = Scope.PROJECT_WRITE, or = Scope.ORG_CI)
    @PostMapping("/api/0/organizations/{organization}/code-mappings/bulk")
    MappingsAnswer add(@PathVariable String organization, @RequestBody MappingsRequest request, Actor actor) {
        if (request.project() == null) {
            throw ApiException.invalid("project", "missing");
        }
        Project project = where.project(actor, organization, request.project());
        String named = Objects.requireNonNullElse(request.repository(), "");
        StoredRepository stored = repositories
                .find(project.id())
                .filter(one -> one.repository().isNamed(named))
                .orElseThrow(() -> ApiException.invalid(
                        "repository",
                        "'%s' (expected: the one in the settings of project '%s')".formatted(named, project.slug())));
        Map<String, String> all = new LinkedHashMap<>();
        stored.mappings().mappings().forEach(one -> all.put(one.from(), one.to()));
        List<Mapped> done = new ArrayList<>();
        for (Mapping one : request.mappings() == null ? List.<Mapping>of() : request.mappings()) {
            String from = path("stackRoot", one.stackRoot());
            String to = path("sourceRoot", one.sourceRoot());
            var plain = new PathMapping(from, to);
            done.add(new Mapped(from, to, all.put(plain.from(), plain.to()) == null ? "created" : "updated"));
        }
        if (done.isEmpty() || all.size() > MOST) {
            throw ApiException.invalid(
                    "mappings", "%d with those that are there (expected: 1 to %d)".formatted(all.size(), MOST));
        }
        store(actor, project, stored, branch(stored.repository(), request.defaultBranch()), all);
        int created = (int)
                done.stream().filter(one -> one.status().equals("created")).count();
        return new MappingsAnswer(created, done.size() - created, 0, done);
    }

    private void store(
            Actor actor, Project project, StoredRepository before, Repository repository, Map<String, String> all) {
        PathMappings mappings = new PathMappings(all.entrySet().stream()
                .map(one -> new PathMapping(one.getKey(), one.getValue()))
                .toList());
        audit.doInTransaction(() -> {
            if (repositories
                    .replace(project.id(), repository, mappings, before.revision(), actor.email())
                    .isEmpty()) {
                throw ApiException.conflict("repository", "it was changed meanwhile; send the same again");
            }
            audit.record(
                    actor,
                    "project.repository_changed",
                    new AuditLog.Target("project", project.id(), project.slug()),
                    Map.of("mappings", before.mappings().mappings()),
                    Map.of("mappings", mappings.mappings()));
        });
    }

    private static Repository branch(Repository repository, @Nullable String branch) {
        if (branch == null || branch.isBlank()) {
            return repository;
        }
        try {
            return new Repository(repository.provider(), repository.url(), branch.strip());
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("defaultBranch", String.valueOf(e.getMessage()));
        }
    }

    private static String path(String field, @Nullable String path) {
        if (path == null || path.length() > MAX_PATH) {
            throw ApiException.invalid(field, "expected: at most %d characters".formatted(MAX_PATH));
        }
        return path;
    }
}
