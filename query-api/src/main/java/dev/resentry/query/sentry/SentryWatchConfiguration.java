package dev.resentry.query.sentry;

import dev.resentry.query.alert.AlertRuleChanges;
import dev.resentry.query.alert.AlertTargets;
import dev.resentry.query.monitor.MonitorChanges;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.uptime.UptimeChanges;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.monitor.MonitorQueries;
import dev.resentry.storage.monitor.MonitorStore;
import dev.resentry.storage.uptime.UptimeQueries;
import dev.resentry.storage.uptime.UptimeStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Sentry's tools read and write of what is watched: alert rules, monitors of crons and uptime checks. */
@Configuration(proxyBeanMethods = false)
public class SentryWatchConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    SentryRuleController sentryRuleController(
            AlertRuleStore rules,
            AlertRuleChanges changes,
            AlertTargets targets,
            ProjectSelection projects,
            SentryProjects all,
            SentrySelection where) {
        return new SentryRuleController(rules, changes, new RuleActions(targets), projects, all, where);
    }

    @Bean
    SentryMetricRuleController sentryMetricRuleController(
            AlertRuleStore rules,
            AlertRuleChanges changes,
            AlertTargets targets,
            ProjectSelection projects,
            SentrySelection where) {
        return new SentryMetricRuleController(rules, changes, new RuleActions(targets), projects, where);
    }

    @Bean
    SentryMonitorController sentryMonitorController(
            MonitorStore monitors, MonitorQueries queries, ProjectSelection projects, SentrySelection where) {
        return new SentryMonitorController(
                monitors, queries, projects, new SentryMonitors(monitors, where), where, CLOCK);
    }

    @Bean
    SentryMonitorChangeController sentryMonitorChangeController(
            MonitorChanges changes, MonitorStore monitors, SentrySelection where) {
        return new SentryMonitorChangeController(changes, new SentryMonitors(monitors, where), where);
    }

    @Bean
    SentryUptimeController sentryUptimeController(
            UptimeStore checks,
            UptimeQueries queries,
            UptimeChanges changes,
            ProjectSelection projects,
            SentrySelection where) {
        return new SentryUptimeController(checks, queries, changes, projects, where, CLOCK);
    }
}
