package dev.resentry.gateway.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.gateway.GatewaySettings;
import dev.resentry.gateway.spool.EnvelopeSink;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.service.health.CheckResult;
import dev.resentry.service.topic.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Topic {@code envelopes}: the body untouched, without a key, so that one project's flood spreads over all partitions. The only
 * place that knows {@code acks}.
 *
 * <p>Sending never blocks. A Kafka client that may not wait fails at once when it does not know the topic yet or its buffer is
 * full; {@link ProducerSource} makes the client and has it learn the topic.
 */
final class EnvelopeTopic implements EnvelopeSink, AutoCloseable {
    /** Of the producer's buffer: what records have around their bodies, and a first batch for each partition. */
    private static final long BEYOND_BODIES = 8L * 1024 * 1024;

    private static final Duration KNOWN_FOR = Duration.ofDays(365);

    private final KafkaSettings kafka;
    private final Duration acknowledgeWithin;
    private final long bufferBytes;
    private final byte[] gatewayName;
    private final ProducerSource producers;

    private EnvelopeTopic(KafkaSettings kafka, GatewaySettings gateway) {
        this.kafka = kafka;
        this.acknowledgeWithin = gateway.acknowledgeWithin();
        this.bufferBytes = gateway.bytesInFlight() + BEYOND_BODIES;
        this.gatewayName = gateway.instanceName().getBytes(UTF_8);
        this.producers = ProducerSource.open(kafka.topics().envelopes(), this::producer);
    }

    /** Starts to look for the topic; it may take its time to come. */
    static EnvelopeTopic open(KafkaSettings kafka, GatewaySettings gateway) {
        return new EnvelopeTopic(kafka, gateway);
    }

    @Override
    public CompletableFuture<Sent> send(Map<String, byte[]> headers, byte[] body) {
        KafkaProducer<byte[], byte[]> client = producers.current();
        if (client == null) {
            return CompletableFuture.completedFuture(
                    new Sent.Unavailable("no answer from %s yet".formatted(kafka.bootstrapServers())));
        }
        var sent = new CompletableFuture<Sent>();
        try {
            var record = new ProducerRecord<byte[], byte[]>(kafka.topics().envelopes(), body);
            headers.forEach(record.headers()::add);
            record.headers().add(EnvelopeRecord.GATEWAY, gatewayName);
            // The future that send returns says the same as the callback.
            var _ = client.send(record, (_, failure) -> sent.complete(sentOf(client, failure)));
        } catch (KafkaException | IllegalStateException e) {
            sent.complete(sentOf(client, e));
        }
        return sent;
    }

    /** Leaves behind what is not acknowledged by now: whoever sent it has been answered otherwise. */
    @Override
    public void close() {
        producers.close();
    }

    private Sent sentOf(KafkaProducer<byte[], byte[]> client, @Nullable Exception failure) {
        return switch (failure) {
            case null -> new Sent.Acknowledged();
            // All others, refused credentials among them, end when somebody mends something.
            case RecordTooLargeException e ->
                new Sent.Unsendable(CheckResult.Failed.of(e).cause());
            case SerializationException e ->
                new Sent.Unsendable(CheckResult.Failed.of(e).cause());
            case InvalidRecordException e ->
                new Sent.Unsendable(CheckResult.Failed.of(e).cause());
            case InvalidTimestampException e ->
                new Sent.Unsendable(CheckResult.Failed.of(e).cause());
            default -> {
                producers.failed(client, failure);
                yield new Sent.Unavailable(CheckResult.Failed.of(failure).cause());
            }
        };
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> properties() {
        int within = (int) acknowledgeWithin.toMillis();
        Map<String, Object> properties = kafka.clientProperties("resentry-gateway");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 1);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, (int)
                kafka.maxRecordSize().toBytes());
        // Room for every body there can be, so that none is turned away that memory was found for.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferBytes);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        // A quiet gateway must not forget the topic.
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, KNOWN_FOR.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, within);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(within / 2, 1));
        return properties;
    }
}
