package dev.resentry.query.sentry;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.artifact.ArtifactDownload;
import dev.resentry.query.artifact.ArtifactUploads;
import dev.resentry.query.artifact.FileMemory;
import dev.resentry.query.artifact.MappingUploads;
import dev.resentry.query.project.ProjectRegistry;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.release.ReleaseChanges;
import dev.resentry.storage.artifact.ArtifactAssemblies;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.artifact.ArtifactStore;
import dev.resentry.storage.artifact.UploadChunks;
import dev.resentry.storage.organization.OrganizationStore;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.repository.RepositoryStore;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API that Sentry's tools speak. */
@Configuration(proxyBeanMethods = false)
public class SentryConfiguration {

    @Bean
    SentrySelection sentrySelection(
            OrganizationStore organizations, ProjectSelection projects, ReleaseQueries releases) {
        return new SentrySelection(organizations, projects, releases);
    }

    @Bean
    IdentityController identityController() {
        return new IdentityController();
    }

    @Bean
    SentryProjects sentryProjects(
            ProjectStore projects, ProjectSelection visible, TeamStore teams, RollupQueries rollups) {
        return new SentryProjects(projects, visible, teams, rollups, InstantSource.system());
    }

    @Bean
    SentryOrganizationController sentryOrganizationController(
            OrganizationStore organizations, SentryProjects projects, UserStore users, SentrySelection selection) {
        return new SentryOrganizationController(organizations, projects, users, selection);
    }

    @Bean
    SentryProjectController sentryProjectController(
            ProjectRegistry registry,
            TeamStore teams,
            SentryProjects projects,
            SentrySelection selection,
            AuditLog audit) {
        return new SentryProjectController(registry, teams, projects, selection, audit, InstantSource.system());
    }

    @Bean
    SentryKeyController sentryKeyController(
            ProjectRegistry registry, SentrySelection selection, QuerySettings settings) {
        return new SentryKeyController(registry, selection, settings.publicUrl());
    }

    @Bean
    SentryRepositoryController sentryRepositoryController(
            RepositoryStore repositories, ProjectStore projects, ProjectSelection visible, SentrySelection selection) {
        return new SentryRepositoryController(repositories, projects, visible, selection);
    }

    @Bean
    CodeMappingController codeMappingController(
            RepositoryStore repositories, SentrySelection selection, AuditLog audit) {
        return new CodeMappingController(repositories, selection, audit);
    }

    @Bean
    SentryReleaseController sentryReleaseController(
            ReleaseQueries releases, ReleaseChanges changes, SentrySelection selection, DeploymentStore deployments) {
        return new SentryReleaseController(releases, changes, selection, new SentryReleases(releases, deployments));
    }

    @Bean
    SentryDeployController sentryDeployController(
            DeploymentStore deployments, ReleaseChanges changes, SentrySelection selection) {
        return new SentryDeployController(deployments, changes, selection);
    }

    @Bean
    ChunkUploadController chunkUploadController(UploadChunks chunks, SentrySelection selection) {
        return new ChunkUploadController(chunks, selection);
    }

    @Bean
    ArtifactBundleController artifactBundleController(
            ArtifactStore artifacts, ArtifactAssemblies assemblies, UploadChunks chunks, SentrySelection selection) {
        return new ArtifactBundleController(artifacts, assemblies, chunks, selection);
    }

    @Bean
    DebugFileController debugFileController(
            MappingUploads mappings,
            ArtifactQueries artifacts,
            ArtifactUploads uploads,
            UploadChunks chunks,
            FileMemory memory,
            SentrySelection selection) {
        return new DebugFileController(mappings, artifacts, uploads, chunks, memory, selection);
    }

    @Bean
    ReleaseFileController releaseFileController(
            ArtifactQueries artifacts,
            ArtifactUploads uploads,
            ArtifactDownload download,
            FileMemory memory,
            SentrySelection selection) {
        return new ReleaseFileController(artifacts, uploads, download, memory, selection);
    }
}
