package dev.resentry.storage.project;

import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps projects. Every change grows the project's revision and stands in the outbox in the same transaction, so that no
 * change is ever without its message to the gateways.
 */
public final class ProjectStore {
    private final ProjectRepository projects;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ProjectStore(ProjectRepository projects, JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.projects = projects;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    public boolean isEmpty() {
        return projects.count() == 0;
    }

    /** All projects, oldest first. */
    public List<Project> list() {
        return projects.findAllByOrderById().stream()
                .map(ProjectEntity::asProject)
                .toList();
    }

    public Optional<Project> find(long id) {
        return projects.findById(id).map(ProjectEntity::asProject);
    }

    public Optional<Project> findBySlug(String slug) {
        return projects.findBySlug(slug).map(ProjectEntity::asProject);
    }

    public boolean isTaken(String slug) {
        return projects.existsBySlug(slug);
    }

    /**
     * Adds a project with one key.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if the slug is taken
     */
    public Project add(String slug, String name, @Nullable String platform) {
        return transaction.execute(_ -> {
            var project = new ProjectEntity(slug, name, platform, clock.instant());
            project.keys().add(newKey(project, "Default", List.of()));
            return enqueued(project);
        });
    }

    /**
     * Changes a project; empty if there is no such project.
     *
     * @param change makes the new details of the present ones, which nobody else changes meanwhile; what it throws comes
     *     through and leaves the project as it was
     * @throws org.springframework.dao.DataIntegrityViolationException if the slug is taken
     */
    public Optional<Project> change(long id, UnaryOperator<ProjectDetails> change) {
        return update(id, project -> {
            project.change(change.apply(project.details()));
            return true;
        });
    }

    public Optional<Project> addKey(long projectId, String label, List<Quota> limits) {
        return update(projectId, project -> project.keys().add(newKey(project, label, limits)));
    }

    /** Changes a key, or of it what is not null; empty if there is no such project or key. */
    public Optional<Project> changeKey(
            long projectId,
            long keyId,
            @Nullable String label,
            @Nullable Boolean active,
            @Nullable List<Quota> limits) {
        return update(projectId, project -> {
            Optional<ProjectKeyEntity> key =
                    project.keys().stream().filter(k -> k.hasId(keyId)).findFirst();
            key.ifPresent(k -> k.change(label, active, limits));
            return key.isPresent();
        });
    }

    /** Removes a key; empty if there is no such project or key. */
    public Optional<Project> removeKey(long projectId, long keyId) {
        return update(projectId, project -> project.keys().removeIf(key -> key.hasId(keyId)));
    }

    /** Has every project told to the gateways again, so that a lost topic is rebuilt. */
    public int enqueueAll() {
        return jdbc.sql("INSERT INTO project_outbox (project_id) SELECT id FROM projects ORDER BY id")
                .update();
    }

    private Optional<Project> update(long id, Function<ProjectEntity, Boolean> change) {
        return transaction.execute(
                _ -> projects.findForChange(id).filter(change::apply).map(project -> {
                    project.changed(clock.instant());
                    return enqueued(project);
                }));
    }

    private Project enqueued(ProjectEntity project) {
        Project saved = projects.saveAndFlush(project).asProject();
        jdbc.sql("INSERT INTO project_outbox (project_id) VALUES (:id)")
                .param("id", saved.id())
                .update();
        return saved;
    }

    private ProjectKeyEntity newKey(ProjectEntity project, String label, List<Quota> limits) {
        return new ProjectKeyEntity(project, PublicKey.random(random), label, limits, clock.instant());
    }
}
