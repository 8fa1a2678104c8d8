package dev.resentry.standalone;

import dev.resentry.service.kafka.BrokerUnavailableException;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings topic {@code envelopes} and the processors' place in it into line with tables that were restored. Which records are processed is told by
 * the tables; the consumer group's offsets only say where to read on, so they are put where the tables end.
 */
final class TopicRestore {
    private static final long ANSWER_WITHIN_SECONDS = 20;
    private static final Duration OUTCOMES_BEFORE = Duration.ofDays(6);

    private final KafkaSettings kafka;
    private final String topic;

    TopicRestore(KafkaSettings kafka) {
        this.kafka = kafka;
        this.topic = kafka.topics().envelopes();
    }

    /** Opens the records of a backup at their beginning. */
    @FunctionalInterface
    interface Records {
        InputStream open() throws IOException;
    }

    /**
     * The topic that outlived the tables: it holds what came after the backup.
     *
     * @param known the topics that the backup's ledger knows
     * @return its id; empty if there is no topic yet, or nothing on it
     * @throws UserFacingException if it holds records of another installation, or Kafka does not answer
     */
    Optional<UUID> survivor(Collection<UUID> known) {
        if (!ProvisionedTopics.names(kafka).contains(topic)) {
            return Optional.empty();
        }
        TopicOffsets.Answer answer = ask();
        if (known.contains(answer.topicId())) {
            return Optional.of(answer.topicId());
        }
        long records = answer.ends().entrySet().stream()
                .mapToLong(end -> end.getValue() - answer.begins().getOrDefault(end.getKey(), 0L))
                .sum();
        if (records > 0) {
            throw new UserFacingException(
                    "Topic %s at %s holds %d records that the backup knows nothing of; name another KAFKA_TOPIC_PREFIX, or remove the topic"
                            .formatted(topic, kafka.bootstrapServers(), records));
        }
        return Optional.empty();
    }

    /**
     * Has processors read on where the tables end, on the topics that outlived them.
     *
     * @param nextOffsets in front of which all is in the tables
     * @param madeAt when the tables were read: what gateways refused is counted again from six days before, and known by its numbers
     * @return how many records of topic {@code envelopes} that came after the backup the topic has let go of
     */
    long readOnFrom(Map<Integer, Long> nextOffsets, Instant madeAt) {
        TopicOffsets.Answer answer = ask();
        Map<Integer, Long> positions = new HashMap<>();
        long[] gone = new long[1];
        answer.begins().forEach((partition, begin) -> {
            gone[0] += Math.max(0, begin - nextOffsets.getOrDefault(partition, begin));
            // Made anew under the same id it cannot be, but a broker may have lost its end.
            long end = answer.ends().getOrDefault(partition, begin);
            positions.put(partition, Math.clamp(nextOffsets.getOrDefault(partition, begin), begin, end));
        });
        Map<Integer, Long> outcomes = outcomesSince(madeAt.minus(OUTCOMES_BEFORE));
        commit(kafka.processorGroup(), topic, positions);
        commit(kafka.outcomesGroup(), kafka.topics().outcomes(), outcomes);
        return gone[0];
    }

    private Map<Integer, Long> outcomesSince(Instant time) {
        String outcomes = kafka.topics().outcomes();
        if (!ProvisionedTopics.names(kafka).contains(outcomes)) {
            return Map.of();
        }
        try (Admin admin = Admin.create(kafka.clientProperties("resentry-restore-admin"))) {
            Map<TopicPartition, OffsetSpec> first = new HashMap<>();
            Map<TopicPartition, OffsetSpec> end = new HashMap<>();
            TopicDescription described = Objects.requireNonNull(
                    await(admin.describeTopics(List.of(outcomes)).allTopicNames())
                            .get(outcomes));
            described.partitions().forEach(partition -> {
                first.put(
                        new TopicPartition(outcomes, partition.partition()),
                        OffsetSpec.forTimestamp(time.toEpochMilli()));
                end.put(new TopicPartition(outcomes, partition.partition()), OffsetSpec.latest());
            });
            Map<Integer, Long> offsets = new HashMap<>();
            await(admin.listOffsets(end).all())
                    .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
            await(admin.listOffsets(first).all()).forEach((partition, found) -> {
                if (found.offset() >= 0) {
                    offsets.put(partition.partition(), found.offset());
                }
            });
            return offsets;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new UserFacingException("Topic %s cannot be looked at (%s)".formatted(outcomes, causeOf(e)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("interrupted");
        }
    }

    /**
     * Puts the records of a backup on a new topic: first those that are in the tables, behind which processors read on, then the others.
     *
     * @return how many were put there
     */
    long publish(Records records) throws IOException {
        ProvisionedTopics.make(kafka);
        int partitions = ask().ends().size();
        try (var producer = new EnvelopesProducer(kafka)) {
            long count = publish(records, producer, partitions, true);
            producer.flush();
            commit(kafka.processorGroup(), topic, ask().ends());
            count += publish(records, producer, partitions, false);
            producer.flush();
            return count;
        }
    }

    private long publish(Records records, EnvelopesProducer producer, int partitions, boolean processed)
            throws IOException {
        long count = 0;
        try (var in = new DataInputStream(records.open())) {
            for (var next = TopicRecords.read(in); next.isPresent(); next = TopicRecords.read(in)) {
                TopicRecords.Saved record = next.get();
                if (record.processed() == processed) {
                    producer.send(new ProducerRecord<>(
                            topic,
                            record.partition() % partitions,
                            record.timestamp() < 0 ? null : record.timestamp(),
                            record.key(),
                            record.value(),
                            record.headers()));
                    count++;
                }
            }
        }
        return count;
    }

    private void commit(String group, String of, Map<Integer, Long> positions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach(
                (partition, offset) -> offsets.put(new TopicPartition(of, partition), new OffsetAndMetadata(offset)));
        try (Admin admin = Admin.create(kafka.clientProperties("resentry-restore-admin"))) {
            await(admin.alterConsumerGroupOffsets(group, offsets).all());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new UserFacingException(
                    "Where group %s reads on cannot be set (%s); processors must not run meanwhile"
                            .formatted(group, causeOf(e)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("interrupted");
        }
    }

    private TopicOffsets.Answer ask() {
        try (var offsets = new TopicOffsets(kafka, "resentry-restore-offsets")) {
            return offsets.ask(topic, kafka.processorGroup());
        } catch (BrokerUnavailableException | KafkaException e) {
            throw new UserFacingException("Kafka at %s: %s".formatted(kafka.bootstrapServers(), e.getMessage()));
        }
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    private static String causeOf(Exception e) {
        return String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
    }
}
