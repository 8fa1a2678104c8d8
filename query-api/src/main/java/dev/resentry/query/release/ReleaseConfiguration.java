package dev.resentry.query.release;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.ReleaseStore;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.session.SessionQueries;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of releases and deployments. */
@Configuration(proxyBeanMethods = false)
public class ReleaseConfiguration {

    @Bean
    ReleaseController releaseController(
            ReleaseQueries releases,
            ReleaseSelection selection,
            ReleaseChanges changes,
            ProjectSelection projects,
            ProjectAccess access) {
        return new ReleaseController(releases, selection, changes, projects, access);
    }

    @Bean
    ReleaseCommitController releaseCommitController(ReleaseQueries releases, ReleaseSelection selection) {
        return new ReleaseCommitController(releases, selection);
    }

    @Bean
    ReleaseComparisonController releaseComparisonController(ReleaseSelection selection, RollupQueries rollups) {
        return new ReleaseComparisonController(selection, rollups);
    }

    @Bean
    ReleaseHealthController releaseHealthController(ReleaseSelection selection, ReleaseHealth health) {
        return new ReleaseHealthController(selection, health);
    }

    @Bean
    ReleaseHealth releaseHealth(SessionQueries sessions, RollupQueries rollups) {
        return new ReleaseHealth(sessions, rollups, InstantSource.system());
    }

    @Bean
    DeploymentController deploymentController(
            DeploymentStore deployments,
            ReleaseSelection selection,
            ReleaseChanges changes,
            ProjectSelection projects) {
        return new DeploymentController(deployments, selection, changes, projects);
    }

    @Bean
    ReleaseSelection releaseSelection(
            ReleaseQueries releases, DeploymentStore deployments, SessionQueries sessions, ProjectSelection projects) {
        return new ReleaseSelection(releases, deployments, sessions, projects, InstantSource.system());
    }

    @Bean
    ReleaseChanges releaseChanges(ReleaseStore releases, DeploymentStore deployments, AuditLog audit) {
        return new ReleaseChanges(releases, deployments, audit, InstantSource.system());
    }
}
