package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.project.ProjectDirectory;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One project with one key, and a publisher that keeps everything. */
final class OneProject implements ProjectDirectory, EnvelopePublisher {
    static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");
    private static final ProjectConfig PROJECT = new ProjectConfig(
            new ProjectId(42),
            1,
            "shop",
            true,
            List.of(new ProjectConfig.Key(KEY, true, List.of())),
            List.of("*"),
            List.of());

    @Override
    public CompletableFuture<Publication> publish(RawEnvelope envelope) {
        return CompletableFuture.completedFuture(new Publication.Kept());
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public Optional<ProjectConfig> find(ProjectId id) {
        return Optional.of(PROJECT).filter(project -> project.id().equals(id));
    }

    @Override
    public Optional<ProjectConfig> findByKey(PublicKey key) {
        return Optional.of(PROJECT).filter(_ -> KEY.equals(key));
    }

    @Override
    public Optional<ProjectConfig> findBySlug(String slug) {
        return Optional.of(PROJECT).filter(project -> project.slug().equals(slug));
    }
}
