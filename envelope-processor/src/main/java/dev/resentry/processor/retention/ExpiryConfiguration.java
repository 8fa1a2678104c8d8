package dev.resentry.processor.retention;

import dev.resentry.storage.disk.DiskUse;
import dev.resentry.storage.expiry.ExpiryRun;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What keeps the database from growing without end, and tells how large it is. */
@Configuration(proxyBeanMethods = false)
public class ExpiryConfiguration {

    @Bean
    ExpiryWorker expiryWorker(ExpiryRun expiry) {
        return new ExpiryWorker(expiry, InstantSource.system());
    }

    @Bean
    DiskMetrics diskMetrics(DiskUse disk, MeterRegistry registry) {
        return new DiskMetrics(disk, InstantSource.system(), registry);
    }
}
