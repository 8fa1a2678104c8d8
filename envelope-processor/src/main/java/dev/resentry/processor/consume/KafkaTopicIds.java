package dev.resentry.processor.consume;

import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Asks Kafka for the ids of topics. An answer is remembered until another one is noted. */
public final class KafkaTopicIds implements TopicIds {
    private final KafkaSettings kafka;
    private final TopicOffsets offsets;
    private final Map<String, UUID> known = new ConcurrentHashMap<>();

    public KafkaTopicIds(KafkaSettings kafka, TopicOffsets offsets) {
        this.kafka = kafka;
        this.offsets = offsets;
    }

    @Override
    public UUID idOf(String topic) {
        UUID id = known.get(topic);
        if (id == null) {
            id = offsets.ask(topic, kafka.processorGroup()).topicId();
            known.put(topic, id);
        }
        return id;
    }

    /** Asks anew the next time. */
    void forget(String topic) {
        known.remove(topic);
    }

    /** Notes what another answer of Kafka says of a topic. */
    public void note(String topic, UUID id) {
        known.put(topic, id);
    }
}
