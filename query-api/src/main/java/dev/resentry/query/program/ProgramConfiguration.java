package dev.resentry.query.program;

import dev.resentry.query.alert.AlertRuleChanges;
import dev.resentry.query.alert.AlertTargets;
import dev.resentry.query.artifact.ArtifactUploads;
import dev.resentry.query.artifact.FileMemory;
import dev.resentry.query.issue.IssueChanges;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.release.ReleaseChanges;
import dev.resentry.query.release.ReleaseSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.AlertSnoozes;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.session.SessionCopy;
import dev.resentry.storage.session.SessionQueries;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The API of issues, releases, artifacts, deployments and alert rules for programs. */
@Configuration(proxyBeanMethods = false)
public class ProgramConfiguration {

    @Bean
    ProgramIssueController programIssueController(
            IssueQueries issues,
            IssueSelection selection,
            IssueChanges changes,
            ProjectSelection projects,
            Searches searches) {
        return new ProgramIssueController(issues, selection, changes, projects, searches);
    }

    @Bean
    ProgramReleaseController programReleaseController(
            ReleaseQueries releases, ReleaseSelection selection, ReleaseChanges changes, ProjectSelection projects) {
        return new ProgramReleaseController(releases, selection, changes, projects);
    }

    @Bean
    ProgramHealthController programHealthController(
            SessionQueries sessions, ObjectProvider<SessionCopy> copy, ProjectSelection projects) {
        return new ProgramHealthController(sessions, copy.getIfAvailable(), projects, InstantSource.system());
    }

    @Bean
    ProgramArtifactController programArtifactController(
            ArtifactQueries artifacts,
            ArtifactUploads uploads,
            FileMemory memory,
            ReleaseSelection releases,
            JsonMapper json) {
        return new ProgramArtifactController(artifacts, uploads, memory, releases, json);
    }

    @Bean
    ProgramDeploymentController programDeploymentController(
            DeploymentStore deployments, ReleaseChanges changes, ProjectSelection projects) {
        return new ProgramDeploymentController(deployments, changes, projects);
    }

    @Bean
    ProgramAlertRuleController programAlertRuleController(
            AlertRuleStore store, AlertRuleChanges rules, AlertTargets targets, ProjectSelection projects) {
        return new ProgramAlertRuleController(store, rules, targets, projects);
    }

    @Bean
    ProgramAlertTargetController programAlertTargetController(AlertRuleChanges rules, AlertTargets targets) {
        return new ProgramAlertTargetController(rules, targets);
    }

    @Bean
    ProgramAlertSnoozeController programAlertSnoozeController(
            AlertRuleStore store, AlertSnoozes snoozes, AlertRuleChanges rules, IssueSelection issues) {
        return new ProgramAlertSnoozeController(store, snoozes, rules, issues, InstantSource.system());
    }
}
