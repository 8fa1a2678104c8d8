package dev.resentry.query.dashboard;

import dev.resentry.query.access.AuditLog;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.dashboard.DashboardQueries;
import dev.resentry.storage.dashboard.DashboardStore;
import dev.resentry.storage.spike.SpikeQueries;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of the dashboard, and of those that people put together. */
@Configuration(proxyBeanMethods = false)
public class DashboardConfiguration {

    @Bean
    DashboardController dashboardController(DashboardQueries dashboard, ProjectSelection projects) {
        return new DashboardController(dashboard, projects, InstantSource.system());
    }

    @Bean
    SavedDashboardController savedDashboardController(DashboardStore dashboards, AuditLog audit) {
        return new SavedDashboardController(dashboards, audit);
    }

    @Bean
    DashboardTemplateController dashboardTemplateController() {
        return new DashboardTemplateController(DashboardTemplates.read());
    }

    @Bean
    SpikeController spikeController(SpikeQueries spikes, ProjectSelection projects) {
        return new SpikeController(spikes, projects);
    }
}
