package dev.resentry.query.uptime;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.service.http.TargetSettings;
import dev.resentry.storage.uptime.UptimeQueries;
import dev.resentry.storage.uptime.UptimeStore;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of uptime checks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TargetSettings.class)
public class UptimeConfiguration {

    @Bean
    UptimeChanges uptimeChanges(UptimeStore checks, TargetSettings targets, ProjectSelection projects, AuditLog audit) {
        return new UptimeChanges(checks, new UptimeTargets(targets.rules()), projects, audit, InstantSource.system());
    }

    @Bean
    UptimeController uptimeController(
            UptimeStore checks, UptimeQueries queries, UptimeChanges changes, ProjectSelection projects) {
        InstantSource clock = InstantSource.system();
        return new UptimeController(checks, queries, new UptimeHistory(queries, clock), changes, projects, clock);
    }
}
