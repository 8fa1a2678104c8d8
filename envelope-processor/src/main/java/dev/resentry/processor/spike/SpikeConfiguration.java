package dev.resentry.processor.spike;

import dev.resentry.storage.spike.SpikeCounts;
import dev.resentry.storage.spike.SpikeProtection;
import dev.resentry.storage.spike.SpikeStore;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What finds spikes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpikeSettings.class)
public class SpikeConfiguration {

    @Bean
    SpikeWorker spikeWorker(SpikeCounts counts, SpikeStore store, SpikeProtection protection, SpikeSettings settings) {
        return new SpikeWorker(new SpikeDetection(counts, store, protection), store, settings, InstantSource.system());
    }
}
