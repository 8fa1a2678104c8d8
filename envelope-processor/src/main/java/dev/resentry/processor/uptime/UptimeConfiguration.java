package dev.resentry.processor.uptime;

import dev.resentry.service.http.TargetSettings;
import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.service.process.ProcessDescription;
import dev.resentry.storage.signal.WorkSignals;
import dev.resentry.storage.uptime.UptimeOutages;
import dev.resentry.storage.uptime.UptimeSchedule;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Uptime checks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TargetSettings.class)
public class UptimeConfiguration {

    @Bean
    UptimeWorker uptimeWorker(
            UptimeSchedule schedule,
            UptimeOutages outages,
            OwnEnvelopes envelopes,
            TargetSettings targets,
            ProcessDescription self,
            WorkSignals signals) {
        return new UptimeWorker(
                schedule, outages, envelopes, targets.rules(), self.host(), InstantSource.system(), signals);
    }
}
