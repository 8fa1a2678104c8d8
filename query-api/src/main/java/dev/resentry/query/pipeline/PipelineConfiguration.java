package dev.resentry.query.pipeline;

import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.storage.MeasuredStorage;
import dev.resentry.service.kafka.LiveGateways;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.storage.ledger.ThroughputQueries;
import dev.resentry.storage.process.ProcessRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of the pipeline page. */
@Configuration(proxyBeanMethods = false)
public class PipelineConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    TopicOffsets pipelineOffsets(KafkaSettings kafka) {
        return new TopicOffsets(kafka, "resentry-pipeline");
    }

    @Bean
    LiveGateways liveGateways(KafkaSettings kafka, TopicProvisioner topics) {
        return new LiveGateways(kafka, topics, CLOCK);
    }

    @Bean
    PipelineFigures pipelineFigures(
            @Qualifier("pipelineOffsets") TopicOffsets pipelineOffsets,
            KafkaSettings kafka,
            LedgerQueries ledger,
            ThroughputQueries throughput,
            LiveGateways gateways,
            ProcessRegistry registry,
            MeasuredStorage storage) {
        var processes = new ProcessList(gateways, registry);
        return new PipelineFigures(
                new PipelineLook(pipelineOffsets, kafka, ledger, throughput, processes, storage, CLOCK), CLOCK);
    }

    @Bean
    PipelineController pipelineController(PipelineFigures figures, ProjectAccess access) {
        return new PipelineController(figures, access);
    }
}
