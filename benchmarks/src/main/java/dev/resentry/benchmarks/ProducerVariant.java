package dev.resentry.benchmarks;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;

/** A way to write envelopes to Kafka; all but the first differ in one thing from what the gateway does. */
enum ProducerVariant {
    SHIPPED("as the gateway does"),
    LINGER_0("linger 0 ms"),
    LINGER_5("linger 5 ms"),
    BATCH_16K("batches of 16 KiB"),
    BATCH_1M("batches of 1 MiB"),
    ONE_IN_FLIGHT("one request in flight"),
    LZ4("compressed with lz4"),
    ZSTD("compressed with zstd"),
    ROUND_ROBIN("partitions in turn"),
    KEYED("a key for each record"),
    ONE_HEADER("all fields in one header");

    private final String description;

    ProducerVariant(String description) {
        this.description = description;
    }

    Map<String, Object> properties(String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 96L * 1024 * 1024);
        properties.putAll(changed());
        return properties;
    }

    /** Of the settings of the client; the last two differ in the records. */
    private Map<String, Object> changed() {
        return switch (this) {
            case SHIPPED, KEYED, ONE_HEADER -> Map.of();
            case LINGER_0 -> Map.of(ProducerConfig.LINGER_MS_CONFIG, 0);
            case LINGER_5 -> Map.of(ProducerConfig.LINGER_MS_CONFIG, 5);
            case BATCH_16K -> Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 16 * 1024);
            case BATCH_1M -> Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 1024 * 1024);
            case ONE_IN_FLIGHT -> Map.of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
            case LZ4 -> Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
            case ZSTD -> Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
            case ROUND_ROBIN -> Map.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, RoundRobinPartitioner.class.getName());
        };
    }

    @Override
    public String toString() {
        return description;
    }
}
