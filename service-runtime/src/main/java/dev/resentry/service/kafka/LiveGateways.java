package dev.resentry.service.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.wire.GatewayHeaders;
import dev.resentry.model.wire.UsageRecord;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The gateways that give signs of life on topic {@code usage}, since this process reads it: all of them within a second or two. One
 * that stops says so and is gone; one that falls silent stays for an hour. Safe to share between threads.
 */
public final class LiveGateways implements AutoCloseable {
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** Bounds memory against records that no gateway would write. */
    private static final int MAX_GATEWAYS = 1_000;

    private final InstantSource clock;
    private final Map<UUID, Seen> gateways = new ConcurrentHashMap<>();
    private final TopicReader reader;

    public LiveGateways(KafkaSettings kafka, TopicProvisioner topics, InstantSource clock) {
        this.clock = clock;
        this.reader = new TopicReader(
                "live-gateways",
                kafka,
                topics,
                kafka.topics().usage(),
                new ReadFrom.LastRecords(0),
                (record, _) -> take(record));
        reader.start();
    }

    /**
     * A gateway.
     *
     * @param id of its run
     * @param name null, as the rest, for a gateway of an earlier version
     */
    public record Seen(
            UUID id,
            @Nullable String name,
            @Nullable String version,
            @Nullable Instant startedAt,
            Instant lastSeenAt) {}

    /** Those of the last hour, by name. */
    public List<Seen> seen() {
        Instant oldest = clock.instant().minus(REMEMBERED);
        gateways.values().removeIf(gateway -> gateway.lastSeenAt().isBefore(oldest));
        return gateways.values().stream()
                .sorted(Comparator.comparing((Seen gateway) -> gateway.name() == null ? "" : gateway.name())
                        .thenComparing(Seen::id))
                .toList();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        UsageRecord.read(record.value()).ifPresent(usage -> {
            if (usage.leaving()) {
                gateways.remove(usage.gateway());
            } else if (gateways.size() < MAX_GATEWAYS || gateways.containsKey(usage.gateway())) {
                gateways.put(
                        usage.gateway(),
                        new Seen(
                                usage.gateway(),
                                text(record, GatewayHeaders.NAME),
                                text(record, GatewayHeaders.VERSION),
                                time(text(record, GatewayHeaders.STARTED_AT)),
                                clock.instant()));
            }
        });
    }

    private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
