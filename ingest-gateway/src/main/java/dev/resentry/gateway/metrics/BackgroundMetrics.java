package dev.resentry.gateway.metrics;

import dev.resentry.gateway.limit.ClusterRateLimits;
import dev.resentry.gateway.outcome.KafkaOutcomeReporter;
import dev.resentry.gateway.project.ProjectTopicFollower;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Says how a gateway does with what it hears from others and tells them beside its requests. */
public final class BackgroundMetrics {
    private BackgroundMetrics() {}

    /** Adds the meters of projects, limits and outcomes. */
    public static void register(
            MeterRegistry registry,
            ProjectTopicFollower projects,
            ClusterRateLimits limits,
            KafkaOutcomeReporter outcomes) {
        Gauge.builder("resentry.ingest.projects", projects, ProjectTopicFollower::size)
                .description("Projects that are known")
                .register(registry);
        FunctionCounter.builder("resentry.ingest.projects.unreadable", projects, ProjectTopicFollower::unreadable)
                .description("Project records that could not be taken in")
                .register(registry);
        Gauge.builder("resentry.ingest.limits.gateways", limits, ClusterRateLimits::gateways)
                .description("Gateways that share the limits, as far as this one knows")
                .register(registry);
        Gauge.builder("resentry.ingest.limits.sharing", limits, l -> l.isSharing() ? 1 : 0)
                .description("Whether what is told of limits arrives; if not, each gateway limits alone")
                .register(registry);
        Gauge.builder("resentry.ingest.outcomes.waiting", outcomes, KafkaOutcomeReporter::waiting)
                .description("Sums of outcomes that are not on the topic yet")
                .register(registry);
        FunctionCounter.builder("resentry.ingest.outcomes.lost", outcomes, KafkaOutcomeReporter::lost)
                .description("What is not let through and could not be accounted for")
                .register(registry);
    }
}
