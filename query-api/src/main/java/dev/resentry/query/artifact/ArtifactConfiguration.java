package dev.resentry.query.artifact;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.storage.artifact.ArtifactAssemblies;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.UploadChunks;
import dev.resentry.storage.blob.BlobStore;
import dev.resentry.storage.release.ReleaseStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of artifacts, and the job that makes bundles. */
@Configuration(proxyBeanMethods = false)
public class ArtifactConfiguration {

    @Bean
    ArtifactUploads artifactUploads(ArtifactStore artifacts, BlobStore blobs, AuditLog audit) {
        return new ArtifactUploads(artifacts, blobs, audit);
    }

    @Bean
    MappingUploads mappingUploads(ArtifactStore artifacts, ArtifactQueries queries, BlobStore blobs) {
        return new MappingUploads(artifacts, queries, blobs);
    }

    @Bean
    FileMemory fileMemory() {
        return FileMemory.ofHeap();
    }

    @Bean
    ArtifactDownload artifactDownload(ArtifactQueries artifacts, FileMemory memory) {
        return new ArtifactDownload(artifacts, memory);
    }

    @Bean
    ArtifactController artifactController(
            ArtifactQueries artifacts,
            ArtifactUploads uploads,
            ArtifactDownload download,
            ReleaseSelection releases,
            ProjectAccess access) {
        return new ArtifactController(artifacts, uploads, download, releases, access);
    }

    @Bean
    ArtifactAssemblyJob artifactAssemblyJob(
            ArtifactAssemblies assemblies,
            UploadChunks chunks,
            BlobStore blobs,
            ArtifactStore artifacts,
            ReleaseStore releases) {
        return new ArtifactAssemblyJob(assemblies, chunks, new BundleFiles(blobs), artifacts, releases);
    }
}
