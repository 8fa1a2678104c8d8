package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.util.List;
import java.util.Optional;

/** Four projects: one without restrictions, one disabled, one with allowed origins and one that allows no origin. */
final class ConformanceProjects implements ProjectDirectory {
    /** Of project 42, {@code shop}. */
    static final String KEY = "e12d836b15bb49d7bbf99e64295d995b";
    /** Of project 42 too. */
    static final String SECOND_KEY = "c".repeat(32);
    /** Of project 42, and disabled. */
    static final String DISABLED_KEY = "b".repeat(32);
    /** Of no project. */
    static final String UNKNOWN_KEY = "a".repeat(32);
    /** Of project 44, {@code closed}, which is disabled. */
    static final String CLOSED_KEY = "d".repeat(32);
    /** Of project 45, {@code pages}. */
    static final String PAGES_KEY = "e".repeat(32);
    /** Of project 46, {@code programs}, which no page may send to. */
    static final String PROGRAMS_KEY = "f".repeat(32);

    private static final List<ProjectConfig> PROJECTS = List.of(
            project(
                    42,
                    "shop",
                    true,
                    List.of("*"),
                    List.of(
                            active(KEY),
                            active(SECOND_KEY),
                            new ProjectConfig.Key(key(DISABLED_KEY), false, List.of()))),
            project(44, "closed", false, List.of("*"), List.of(active(CLOSED_KEY))),
            project(
                    45,
                    "pages",
                    true,
                    List.of(
                            "shop.example",
                            "*.wild.example",
                            "under_score.example",
                            "https://secure.example",
                            "ported.example:8080",
                            "any-port.example:*",
                            "http://*.plain.example"),
                    List.of(active(PAGES_KEY))),
            project(46, "programs", true, List.of(), List.of(active(PROGRAMS_KEY))));

    private volatile boolean complete = true;

    void complete(boolean known) {
        complete = known;
    }

    @Override
    public boolean isComplete() {
        return complete;
    }

    @Override
    public Optional<ProjectConfig> find(ProjectId id) {
        return PROJECTS.stream().filter(project -> project.id().equals(id)).findFirst();
    }

    @Override
    public Optional<ProjectConfig> findByKey(PublicKey key) {
        return PROJECTS.stream()
                .filter(project ->
                        project.keys().stream().anyMatch(own -> own.publicKey().equals(key)))
                .findFirst();
    }

    @Override
    public Optional<ProjectConfig> findBySlug(String slug) {
        return PROJECTS.stream().filter(project -> project.slug().equals(slug)).findFirst();
    }

    static String dsn(String key, long project) {
        return "https://%s@elsewhere.example/%d".formatted(key, project);
    }

    private static ProjectConfig project(
            long id, String slug, boolean active, List<String> origins, List<ProjectConfig.Key> keys) {
        return new ProjectConfig(new ProjectId(id), 1, slug, active, keys, origins, List.of());
    }

    private static ProjectConfig.Key active(String key) {
        return new ProjectConfig.Key(key(key), true, List.of());
    }

    private static PublicKey key(String key) {
        return new PublicKey(key);
    }
}
