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
    MonitorController monitorController(
            MonitorStore monitors, MonitorQueries queries, ProjectSelection projects, AuditLog audit) {
        return new MonitorController(monitors, queries, projects, audit, InstantSource.system());
    }
}
