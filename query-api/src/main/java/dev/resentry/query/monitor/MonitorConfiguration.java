package dev.resentry.query.monitor;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.monitor.MonitorQueries;
import dev.resentry.storage.monitor.MonitorStore;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of monitors. */
@Configuration(proxyBeanMethods = false)
public class MonitorConfiguration {

    @Bean
    MonitorChanges monitorChanges(MonitorStore monitors, ProjectSelection projects, AuditLog audit) {
        return new MonitorChanges(monitors, projects, audit, InstantSource.system());
    }

    @Bean
    MonitorController monitorController(
            MonitorStore monitors, MonitorQueries queries, ProjectSelection projects, MonitorChanges changes) {
        return new MonitorController(monitors, queries, projects, changes, InstantSource.system());
    }
}
