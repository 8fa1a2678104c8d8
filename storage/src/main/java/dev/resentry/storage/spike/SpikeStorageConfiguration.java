package dev.resentry.storage.spike;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What finds spikes, and what reads them. */
@Configuration(proxyBeanMethods = false)
public class SpikeStorageConfiguration {

    @Bean
    SpikeCounts spikeCounts(JdbcClient jdbc) {
        return new SpikeCounts(jdbc);
    }

    @Bean
    SpikeStore spikeStore(JdbcClient jdbc) {
        return new SpikeStore(jdbc);
    }

    @Bean
    SpikeProtection spikeProtection(JdbcClient jdbc) {
        return new SpikeProtection(jdbc);
    }

    @Bean
    SpikeQueries spikeQueries(JdbcClient jdbc) {
        return new SpikeQueries(jdbc);
    }
}
