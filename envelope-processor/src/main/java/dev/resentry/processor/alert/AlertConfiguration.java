package dev.resentry.processor.alert;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.alert.AlertFacts;
import dev.resentry.storage.alert.AlertFirings;
import dev.resentry.storage.alert.AlertStorms;
import dev.resentry.storage.alert.AlertTurn;
import dev.resentry.storage.alert.IssueFrequency;
import dev.resentry.storage.alert.Recipients;
import dev.resentry.storage.alert.StoredAlertRules;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.session.CrashFreeRates;
import dev.resentry.storage.signal.WorkSignals;
import dev.resentry.storage.spike.SpikeQueries;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** From topic {@code events} to firings of alert rules. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlertSettings.class)
public class AlertConfiguration {
    private static final InstantSource CLOCK = InstantSource.system();

    @Bean
    AlertRules knownAlertRules(StoredAlertRules store, WorkSignals signals) {
        return new AlertRules(store, signals);
    }

    @Bean
    AlertNotices alertNotices(Recipients recipients, AlertSettings settings) {
        return new AlertNotices(recipients, new AlertLinks(settings.publicUrl()));
    }

    @Bean
    AlertStorms alertStorms(
            DataSource dataSource,
            DeliveryOutbox deliveryOutbox,
            AlertRules knownAlertRules,
            AlertFacts facts,
            AlertNotices notices,
            AlertSettings settings) {
        return new AlertStorms(
                dataSource,
                deliveryOutbox,
                new StormNotices(knownAlertRules, facts, notices, new AlertLinks(settings.publicUrl())));
    }

    @Bean
    AlertEvaluation alertEvaluation(
            AlertRules knownAlertRules,
            IssueFrequency frequency,
            CrashFreeRates rates,
            AlertFacts facts,
            AlertNotices notices,
            DataSource dataSource,
            DeliveryOutbox deliveryOutbox,
            AlertStorms storms,
            MeterRegistry registry) {
        var bounds = new FrequencyBounds(frequency);
        var silences = new Silences();
        var metrics = new AlertMetrics(registry);
        return new AlertEvaluation(
                knownAlertRules,
                new AlertConditions(bounds, frequency, rates),
                bounds,
                silences,
                new AlertSubjects(facts),
                new AlertFiring(
                        facts, notices, new AlertFirings(dataSource, deliveryOutbox, storms), silences, metrics),
                metrics,
                CLOCK);
    }

    @Bean
    AlertListener alertListener(KafkaSettings kafka, TopicProvisioner topics, AlertEvaluation evaluation) {
        return new AlertListener(kafka, topics, evaluation);
    }

    @Bean
    AlertTick alertTick(
            AlertRules knownAlertRules,
            AlertEvaluation evaluation,
            IssueFrequency frequency,
            AlertStorms storms,
            SpikeQueries spikeQueries,
            AlertTurn turn) {
        return new AlertTick(knownAlertRules, evaluation, frequency, storms, spikeQueries, turn, CLOCK);
    }
}
