package dev.resentry.processor.consume;

import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/** Asks Kafka for the ids of topics. An answer is remembered until another one is noted. */
public final class KafkaTopicIds implements TopicIds {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final Map<String, UUID> known = new ConcurrentHashMap<>();

    public KafkaTopicIds(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    @Override
    public UUID idOf(String topic) {
        UUID id = known.get(topic);
        return id == null ? ask(topic) : id;
    }

    private UUID ask(String topic) {
        try (Admin admin = Admin.create(kafka.clientProperties("resentry-topic-ids"))) {
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic);
            if (description == null) {
                throw new KafkaException("topic %s does not exist".formatted(topic));
            }
            UUID id = uuid(description.topicId());
            known.put(topic, id);
            return id;
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the id of topic %s is not known".formatted(topic), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for the id of topic " + topic, e);
        }
    }

    /** What another answer of Kafka says of a topic. */
    public void note(String topic, Uuid id) {
        known.put(topic, uuid(id));
    }

    /** Kafka's form of an id has the same bits. */
    public static UUID uuid(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
