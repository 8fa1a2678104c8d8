package dev.resentry.service.kafka;

import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What topics take of the brokers' disks, and how records are let go of. Belongs to one thread, but for closing. */
public final class TopicSizes implements AutoCloseable {
    private final KafkaSettings kafka;
    private final String clientId;
    private final Duration answerWithin;
    private volatile @Nullable Admin admin;

    public TopicSizes(KafkaSettings kafka, String clientId, Duration answerWithin) {
        this.kafka = kafka;
        this.clientId = clientId;
        this.answerWithin = answerWithin;
    }

    /**
     * Bytes by topic and partition, of the largest of a partition's replicas; topics that are not there are left out.
     *
     * @throws BrokerUnavailableException if a broker refuses or does not answer
     */
    public Map<String, Map<Integer, Long>> measure(Collection<String> topics) {
        Admin client = admin();
        List<Integer> brokers =
                await(client.describeCluster().nodes()).stream().map(Node::id).toList();
        Map<String, Map<Integer, Long>> sizes = new TreeMap<>();
        for (Map<String, LogDirDescription> directories :
                await(client.describeLogDirs(brokers).allDescriptions()).values()) {
            for (LogDirDescription directory : directories.values()) {
                directory.replicaInfos().forEach((partition, replica) -> {
                    if (topics.contains(partition.topic())) {
                        sizes.computeIfAbsent(partition.topic(), _ -> new HashMap<>())
                                .merge(partition.partition(), replica.size(), Math::max);
                    }
                });
            }
        }
        return sizes;
    }

    /**
     * Lets go of the records of partitions that stand before an offset. Their disk is free once a whole segment is gone.
     *
     * @throws BrokerUnavailableException if a broker refuses or does not answer
     */
    public void deleteBefore(String topic, Map<Integer, Long> offsets) {
        Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
        offsets.forEach((partition, offset) ->
                records.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)));
        await(admin().deleteRecords(records).all());
    }

    @Override
    public void close() {
        Admin made = admin;
        if (made != null) {
            made.close(Duration.ZERO);
        }
    }

    /** Made late, as a client refuses to be made while its brokers' names do not resolve. */
    private Admin admin() {
        Admin made = admin;
        if (made == null) {
            try {
                made = Admin.create(kafka.clientProperties(clientId));
            } catch (KafkaException e) {
                throw new BrokerUnavailableException("the size of topics: no broker can be asked", e);
            }
            admin = made;
        }
        return made;
    }

    private <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnavailableException("the size of topics: no answer of the broker", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("the size of topics: interrupted while asking the broker", e);
        }
    }
}
