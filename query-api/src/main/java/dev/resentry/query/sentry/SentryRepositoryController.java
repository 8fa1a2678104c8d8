package dev.resentry.query.sentry;

import dev.resentry.model.repository.Repository;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.project.Project;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.repository.RepositoryStore;
import dev.resentry.storage.repository.StoredRepository;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The repositories of projects. Without any, tools read the commits of their own copy. */
@SentryApi
class SentryRepositoryController {
    private final RepositoryStore repositories;
    private final ProjectStore projects;
    private final ProjectSelection visible;
    private final SentrySelection where;

    SentryRepositoryController(
            RepositoryStore repositories, ProjectStore projects, ProjectSelection visible, SentrySelection where) {
        this.repositories = repositories;
        this.projects = projects;
        this.visible = visible;
        this.where = where;
    }

    /**
     * A repository.
     *
     * @param id of its first project
     * @param name the path of its address, such as acme/shop
     */
    record SentryRepository(
            String id, String name, String url, Provider provider, String status, Instant dateCreated) {}

    record Provider(String id, String name) {}

    @Allowed(value = Scope.ORG_READ, or = Scope.ORG_CI)
    @GetMapping("/api/0/organizations/{organization}/repos")
    ResponseEntity<List<SentryRepository>> list(
            @PathVariable String organization,
            @RequestParam @Nullable String query,
            @RequestParam(name = "per_page") @Nullable Integer perPage,
            @RequestParam @Nullable String cursor,
            Actor actor) {
        where.organization(organization);
        VisibleProjects seen = visible.of(actor);
        Map<String, SentryRepository> byUrl = new LinkedHashMap<>();
        for (Project project : projects.list()) {
            if (seen.contains(project.id())) {
                repositories
                        .find(project.id())
                        .ifPresent(
                                stored -> byUrl.putIfAbsent(stored.repository().url(), answer(project, stored)));
            }
        }
        return SentryLinks.part(
                byUrl.values().stream()
                        .filter(one -> SentryProjects.holds(query, one.name()))
                        .toList(),
                perPage,
                cursor);
    }

    private static SentryRepository answer(Project project, StoredRepository stored) {
        Repository repository = stored.repository();
        String provider = repository.provider().wireName();
        return new SentryRepository(
                String.valueOf(project.id()),
                URI.create(repository.url()).getPath().replaceFirst("^/", ""),
                repository.url(),
                new Provider(provider, provider),
                "active",
                stored.updatedAt());
    }
}
