package dev.resentry.query.dashboard;

import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.dashboard.DashboardQueries;
import dev.resentry.storage.spike.SpikeQueries;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of the dashboard. */
@Configuration(proxyBeanMethods = false)
public class DashboardConfiguration {

    @Bean
    DashboardController dashboardController(DashboardQueries dashboard, ProjectSelection projects) {
        return new DashboardController(dashboard, projects, InstantSource.system());
    }

    @Bean
    SpikeController spikeController(SpikeQueries spikes, ProjectSelection projects) {
        return new SpikeController(spikes, projects);
    }
}
