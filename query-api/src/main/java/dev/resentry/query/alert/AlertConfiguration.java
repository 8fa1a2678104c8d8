package dev.resentry.query.alert;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.alert.AlertHistory;
import dev.resentry.storage.alert.AlertPast;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.AlertSnoozes;
import dev.resentry.storage.alert.Recipients;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.team.TeamStore;
import dev.resentry.storage.user.UserStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of alert rules. */
@Configuration(proxyBeanMethods = false)
public class AlertConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    AlertRuleChanges alertRuleChanges(
            AlertRuleStore rules, AlertSnoozes snoozes, ProjectSelection projects, AuditLog audit) {
        return new AlertRuleChanges(rules, snoozes, projects, audit);
    }

    @Bean
    AlertTargets alertTargets(UserStore users, TeamStore teams) {
        return new AlertTargets(users, teams);
    }

    @Bean
    AlertRuleController alertRuleController(
            AlertRuleStore store,
            AlertRuleChanges rules,
            AlertTargets targets,
            AlertHistory history,
            ProjectSelection projects) {
        return new AlertRuleController(store, rules, new AlertRuleAnswers(history, CLOCK), targets, projects);
    }

    @Bean
    AlertFiringController alertFiringController(
            AlertHistory history, AlertRuleChanges rules, IssueSelection issues, ProjectSelection projects) {
        return new AlertFiringController(history, rules, issues, projects);
    }

    @Bean
    AlertSnoozeController alertSnoozeController(
            AlertSnoozes snoozes, AlertRuleChanges rules, IssueSelection issues, ProjectSelection projects) {
        return new AlertSnoozeController(snoozes, rules, issues, projects, CLOCK);
    }

    @Bean
    AlertTrialController alertTrialController(
            AlertPast past,
            EventQueries events,
            IssueQueries storedIssues,
            UserStore users,
            Recipients recipients,
            DeliveryOutbox outbox,
            AlertHistory history,
            AlertRuleChanges rules,
            IssueSelection issues,
            ProjectSelection projects,
            QuerySettings settings) {
        var shown = new ShownValues(events, storedIssues, settings.publicUrl());
        return new AlertTrialController(
                new Backtest(past, events),
                shown,
                new TestDeliveries(shown, users, recipients, CLOCK),
                outbox,
                history,
                rules,
                issues,
                projects,
                CLOCK);
    }
}
