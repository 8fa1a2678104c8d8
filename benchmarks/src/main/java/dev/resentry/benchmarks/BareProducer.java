package dev.resentry.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.EnvelopeRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * (b) The producer alone, with {@code acks=all}: records with the value and the headers that the gateway writes, as many of
 * them under way at once as the gateway has connections. Takes one measurement for each line {@code size gzip underWay seconds}.
 */
@Command(name = "bare-producer", hidden = true)
final class BareProducer implements Runnable {
    private static final long MAX_NANOS = 60_000_000_000L;

    @Option(names = "--bootstrap-servers", required = true)
    private String bootstrapServers = "";

    @Override
    public void run() {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.LINGER_MS_CONFIG,
                1,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                96L * 1024 * 1024);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
                var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                var payload = Payload.of(Integer.parseInt(words[0]), Boolean.parseBoolean(words[1]));
                System.out.println(
                        measure(producer, payload, Integer.parseInt(words[2]), Double.parseDouble(words[3])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String measure(KafkaProducer<byte[], byte[]> producer, Payload payload, int underWay, double seconds)
            throws InterruptedException {
        List<Header> headers = headers(payload);
        var latency = new ConcurrentHistogram(MAX_NANOS, 3);
        var places = new Semaphore(underWay);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            places.acquire();
            long sentAt = System.nanoTime();
            var record = new ProducerRecord<byte[], byte[]>("envelopes", null, null, null, payload.body(), headers);
            var _ = producer.send(record, (_, failure) -> {
                if (failure != null) {
                    throw new IllegalStateException(failure);
                }
                latency.recordValue(System.nanoTime() - sentAt);
                places.release();
            });
        }
        places.acquire(underWay);
        double took = (System.nanoTime() - start) / 1e9;
        return "= %d %f %f %f"
                .formatted(
                        latency.getTotalCount(),
                        took,
                        latency.getValueAtPercentile(50) / 1e6,
                        latency.getValueAtPercentile(99) / 1e6);
    }

    private static List<Header> headers(Payload payload) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var receipt = new Receipt(
                EnvelopeId.at(now),
                new ProjectId(Payload.PROJECT),
                Payload.KEY,
                now,
                Endpoint.ENVELOPE,
                new EventId(UUID.randomUUID()),
                payload.gzip() ? "gzip" : null,
                "application/x-sentry-envelope",
                "sentry.java/8.0.0",
                "127.0.0.1",
                "sentry.java/8.0.0",
                null,
                null,
                null,
                Set.of());
        return EnvelopeRecord.headers(receipt).entrySet().stream()
                .<Header>map(header -> new RecordHeader(header.getKey(), header.getValue()))
                .toList();
    }
}
