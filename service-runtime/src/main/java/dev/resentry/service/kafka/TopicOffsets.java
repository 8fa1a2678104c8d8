package dev.resentry.service.kafka;

import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks the broker where the partitions of a topic begin and end, and how far a consumer group is. Safe to share between threads. */
public final class TopicOffsets implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final KafkaSettings kafka;
    private final String clientId;
    private @Nullable Admin admin;

    public TopicOffsets(KafkaSettings kafka, String clientId) {
        this.kafka = kafka;
        this.clientId = clientId;
    }

    /**
     * What the broker says at one moment, by the numbers of partitions.
     *
     * @param topicId tells apart topics of one name that were made one after the other
     * @param begins the oldest records that are there
     * @param ends behind the newest ones
     * @param committed what the group has processed; a partition of which it has processed nothing is missing
     */
    public record Answer(
            UUID topicId, Map<Integer, Long> begins, Map<Integer, Long> ends, Map<Integer, Long> committed) {}

    /**
     * Asks for a topic. What the group has committed is asked for first: all of it had come when the ends are asked for.
     *
     * @throws BrokerUnavailableException if the broker does not answer or there is no such topic
     */
    public Answer ask(String topic, String group) {
        try {
            Admin client = admin();
            TopicDescription description =
                    await(client.describeTopics(List.of(topic)).allTopicNames()).get(topic);
            if (description == null) {
                throw new BrokerUnavailableException("topic %s does not exist".formatted(topic));
            }
            List<TopicPartition> partitions = description.partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<Integer, Long> committed = new HashMap<>();
            await(client.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                    .forEach((partition, done) -> addIfOf(topic, partition, done, committed));
            var id = description.topicId();
            return new Answer(
                    new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                    offsets(client, partitions, OffsetSpec.earliest()),
                    offsets(client, partitions, OffsetSpec.latest()),
                    committed);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new BrokerUnavailableException("topic %s: no answer of the broker".formatted(topic), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("topic %s: interrupted while asking the broker".formatted(topic), e);
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private static void addIfOf(
            String topic, TopicPartition partition, @Nullable OffsetAndMetadata done, Map<Integer, Long> committed) {
        if (done != null && partition.topic().equals(topic)) {
            committed.put(partition.partition(), done.offset());
        }
    }

    private static Map<Integer, Long> offsets(Admin client, List<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, which));
        Map<Integer, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> entry :
                await(client.listOffsets(wanted).all()).entrySet()) {
            offsets.put(entry.getKey().partition(), entry.getValue().offset());
        }
        return offsets;
    }

    /** Made late, as a client refuses to be made while its brokers' names do not resolve. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(kafka.clientProperties(clientId));
        }
        return admin;
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    }
}
