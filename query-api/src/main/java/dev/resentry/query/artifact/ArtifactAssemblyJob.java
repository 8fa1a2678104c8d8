package dev.resentry.query.artifact;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.release.NameRule;
import dev.resentry.storage.artifact.ArtifactAssemblies;
import dev.resentry.storage.artifact.ArtifactAssembly;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.NewBundle;
import dev.resentry.storage.artifact.Sha1;
import dev.resentry.storage.artifact.UploadChunks;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.release.ReleaseDetails;
import dev.resentry.storage.release.ReleaseStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Puts a bundle together of its chunks, takes its files out and keeps them. All of it is one step, which does the same again if it is
 * repeated: what is kept of a bundle takes the place of what was kept of it before.
 */
final class ArtifactAssemblyJob implements JobHandler {
    private static final ReleaseDetails NOTHING = new ReleaseDetails(null, null, null, null);

    private final ArtifactAssemblies assemblies;
    private final UploadChunks chunks;
    private final BundleFiles bundles;
    private final ArtifactStore artifacts;
    private final ReleaseStore releases;

    ArtifactAssemblyJob(
            ArtifactAssemblies assemblies,
            UploadChunks chunks,
            BundleFiles bundles,
            ArtifactStore artifacts,
            ReleaseStore releases) {
        this.assemblies = assemblies;
        this.chunks = chunks;
        this.bundles = bundles;
        this.artifacts = artifacts;
        this.releases = releases;
    }

    @Override
    public String kind() {
        return ArtifactAssemblies.JOB;
    }

    @Override
    public JobStep step(Job job) {
        long id = assemblyId(job);
        Optional<ArtifactAssembly> wanted = assemblies.take(id);
        if (wanted.isEmpty()) {
            return new JobStep.Finished(null);
        }
        // It may quote the bundle, and a database has no place for some of what can be in one.
        Optional<String> fault = assemble(wanted.get()).map(text -> text.replaceAll("\\p{Cntrl}", "\uFFFD"));
        if (fault.isEmpty()) {
            assemblies.done(id);
            return new JobStep.Finished(null);
        }
        assemblies.fail(id, fault.get());
        return new JobStep.Failed(fault.get(), null);
    }

    @Override
    public JobStep cancel(Job job) {
        assemblies.fail(assemblyId(job), "Somebody has cancelled the job that makes the bundle");
        return new JobStep.Finished(null);
    }

    @Override
    public Optional<JobStep.Advanced> giveUp(Job job, String failure) {
        assemblies.fail(assemblyId(job), failure);
        return Optional.empty();
    }

    private static long assemblyId(Job job) {
        return UntrustedJson.STORED
                .tree(job.parametersJson())
                .path("assembly_id")
                .longValue();
    }

    /** Why nothing comes of a bundle; empty if it is kept. */
    private Optional<String> assemble(ArtifactAssembly wanted) {
        try {
            // The name is the JVM's; nothing of what was sent gets into it.
            Path file = Files.createTempFile("artifact-bundle", ".zip");
            try {
                return assemble(wanted, file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> assemble(ArtifactAssembly wanted, Path file) throws IOException {
        MessageDigest digest = Sha1.digest();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            for (Sha1 chunk : wanted.chunks()) {
                Optional<byte[]> content = chunks.get(chunk);
                if (content.isEmpty()) {
                    return Optional.of("Chunk %s is not there any more; upload again".formatted(chunk));
                }
                out.write(content.get());
            }
        }
        Sha1 sha1 = Sha1.ofDigest(digest.digest());
        if (!sha1.equals(wanted.sha1())) {
            return Optional.of("checksum: %s (expected: %s, that of the chunks)".formatted(wanted.sha1(), sha1));
        }
        return switch (bundles.take(file)) {
            case BundleFiles.Taken.Fault(String cause) -> Optional.of(cause);
            case BundleFiles.Taken.Files files -> keep(wanted, files, Files.size(file));
        };
    }

    private Optional<String> keep(ArtifactAssembly wanted, BundleFiles.Taken.Files taken, long size) {
        BundleManifest manifest = taken.manifest();
        String release = wanted.release() == null ? manifest.release() : wanted.release();
        if (release != null && NameRule.RELEASE.fault(release).isPresent()) {
            return Optional.of("release: '%s' (%s)".formatted(release, NameRule.RELEASE.words()));
        }
        String dist = wanted.dist() == null ? manifest.dist() : wanted.dist();
        if (dist != null && dist.length() > Dist.MAX) {
            return Optional.of(Dist.fault(dist));
        }
        if (release != null) {
            wanted.projects().forEach(project -> releases.save(project, release, NOTHING, wanted.by()));
        }
        artifacts.addBundle(
                wanted.projects(),
                new NewBundle(
                        bundleId(manifest.bundleId(), wanted.sha1()),
                        wanted.sha1(),
                        release,
                        dist,
                        size,
                        taken.files(),
                        wanted.by()));
        return Optional.empty();
    }

    private static UUID bundleId(@Nullable UUID given, Sha1 sha1) {
        return given == null ? UUID.nameUUIDFromBytes(sha1.toByteArray()) : given;
    }
}
