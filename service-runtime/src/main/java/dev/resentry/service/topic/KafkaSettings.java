package dev.resentry.service.topic;

import dev.resentry.model.wire.Topics;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How Kafka is reached and what the topics are made with. The values behind topics count when a topic is made; an existing
 * topic is left as it is.
 *
 * @param topicPrefix put before every topic's name, so that installations can share a cluster
 * @param replicationFactor how many brokers keep each record
 * @param maxRecordSize the largest record the topics take; above the largest body a gateway accepts
 * @param properties further properties of every Kafka client, for instance for TLS and SASL
 */
@Validated
@ConfigurationProperties("resentry.kafka")
public record KafkaSettings(
        @NotBlank @DefaultValue("localhost:9092") String bootstrapServers,
        @DefaultValue("") String topicPrefix,
        @Min(1) @DefaultValue("1") short replicationFactor,
        @Min(1) @DefaultValue("12") int envelopePartitions,
        @NotNull @DefaultValue("30d") Duration envelopeRetention,
        @NotNull @DefaultValue("22MB") DataSize maxRecordSize,
        @DefaultValue Map<String, String> properties) {

    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    public Topics topics() {
        return Topics.withPrefix(topicPrefix);
    }

    /** The consumer group that all processors are in. */
    public String processorGroup() {
        return topicPrefix + "envelope-processor";
    }

    /** The consumer group of those who count what gateways refused. */
    public String outcomesGroup() {
        return topicPrefix + "outcome-totals";
    }

    /** The properties every client shares, to which each client adds its own. */
    public Map<String, Object> clientProperties(String clientId) {
        Map<String, Object> shared = new HashMap<>(properties);
        shared.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        shared.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return shared;
    }
}
