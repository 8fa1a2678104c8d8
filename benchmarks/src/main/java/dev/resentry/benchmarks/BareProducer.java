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
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * (b) The producer alone, with {@code acks=all}: records with the value and the headers that the gateway writes, as many of
 * them under way at once as the gateway has connections. Takes one measurement for each line
 * {@code size gzip underWay seconds variant}.
 */
@Command(name = "bare-producer", hidden = true)
final class BareProducer implements Runnable {
    private static final long MAX_NANOS = 60_000_000_000L;

    @Option(names = "--bootstrap-servers", required = true)
    private String bootstrapServers = "";

    /** What one line was answered with; it travels as a line itself. */
    record Measured(long records, double seconds, double p50Millis, double p99Millis) {
        double perSecond() {
            return records / seconds;
        }

        static Measured parse(String line) {
            String[] words = line.split(" ");
            return new Measured(
                    Long.parseLong(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4]));
        }

        @Override
        public String toString() {
            return "= %d %f %f %f".formatted(records, seconds, p50Millis, p99Millis);
        }
    }

    @Override
    public void run() {
        Map<ProducerVariant, KafkaProducer<byte[], byte[]>> producers = new EnumMap<>(ProducerVariant.class);
        try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            System.out.println("ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                var payload = Payload.of(Integer.parseInt(words[0]), Boolean.parseBoolean(words[1]));
                var variant = ProducerVariant.valueOf(words[4]);
                var producer = producers.computeIfAbsent(
                        variant,
                        v -> new KafkaProducer<>(
                                v.properties(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer()));
                System.out.println(
                        measure(producer, variant, payload, Integer.parseInt(words[2]), Double.parseDouble(words[3])));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            producers.values().forEach(KafkaProducer::close);
        }
    }

    private static Measured measure(
            KafkaProducer<byte[], byte[]> producer,
            ProducerVariant variant,
            Payload payload,
            int underWay,
            double seconds)
            throws InterruptedException {
        List<Header> headers = variant == ProducerVariant.ONE_HEADER ? packed(headers(payload)) : headers(payload);
        var latency = new ConcurrentHistogram(MAX_NANOS, 3);
        var places = new Semaphore(underWay);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        for (long number = 0; System.nanoTime() < end; number++) {
            places.acquire();
            long sentAt = System.nanoTime();
            byte[] key = variant == ProducerVariant.KEYED
                    ? ByteBuffer.allocate(Long.BYTES).putLong(number).array()
                    : null;
            var record = new ProducerRecord<byte[], byte[]>("envelopes", null, null, key, payload.body(), headers);
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
        return new Measured(
                latency.getTotalCount(),
                took,
                latency.getValueAtPercentile(50) / 1e6,
                latency.getValueAtPercentile(99) / 1e6);
    }

    private static List<Header> packed(List<Header> headers) {
        var fields = new StringBuilder();
        headers.forEach(header -> fields.append(header.key())
                .append('=')
                .append(new String(header.value(), UTF_8))
                .append('\n'));
        return List.of(new RecordHeader("envelope", fields.toString().getBytes(UTF_8)));
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
