package dev.resentry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.ledger.BrokerOffsets;
import dev.resentry.storage.ledger.LedgerBalance;
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.testsupport.server.TestServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole processor on a real broker and database, with the projects 1 and 2 and one partition. */
public final class RunningProcessor implements AutoCloseable {
    private static final TestServers SERVERS = TestServers.shared();

    private final String prefix = SERVERS.newTopicPrefix();
    private final List<String> arguments = new ArrayList<>();
    private final List<Class<?>> additions;
    private ConfigurableApplicationContext context;
    private JdbcClient jdbc;

    /** @param additions configurations whose beans the processor has besides its own */
    public RunningProcessor(Class<?>... additions) throws InterruptedException {
        this(List.of(), additions);
    }

    /**
     * @param settings of its own, as the command line has them
     * @param additions configurations whose beans the processor has besides its own
     */
    public RunningProcessor(List<String> settings, Class<?>... additions) throws InterruptedException {
        SERVERS.startBoth();
        this.additions = List.of(additions);
        arguments.addAll(List.of(
                "--spring.config.name=" + ProcessorApplication.CONFIG_NAMES,
                "--server.port=0",
                "--logging.level.root=WARN",
                "--resentry.kafka.bootstrap-servers=" + SERVERS.bootstrapServers(),
                "--resentry.kafka.topic-prefix=" + prefix,
                "--resentry.kafka.envelope-partitions=1",
                "--resentry.database.connect-timeout=1s",
                "--resentry.database.url=" + SERVERS.newDatabaseUrl()));
        arguments.addAll(settings);
        context = start();
        jdbc = JdbcClient.create(context.getBean(DataSource.class));
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'one', 'One', 'active', 1, now(), now()), (2, 'two', 'Two', 'active', 1, now(), now())
                        """).update();
        context.getBean(TopicProvisioner.class).awaitProvisioned();
    }

    private ConfigurableApplicationContext start() {
        var application = new SpringApplication(ProcessorApplication.class);
        application.addPrimarySources(additions);
        return application.run(arguments.toArray(String[]::new));
    }

    /** Stops the processor, does something, and starts it again on the same topics and database. */
    public void stopWhile(Callable<?> away) throws Exception {
        context.close();
        away.call();
        context = start();
        jdbc = JdbcClient.create(context.getBean(DataSource.class));
        context.getBean(TopicProvisioner.class).awaitProvisioned();
    }

    public JdbcClient jdbc() {
        return jdbc;
    }

    /** A part of the processor. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The name of a topic of this processor. */
    public String topic(String name) {
        return prefix + name;
    }

    /**
     * Puts a body on topic {@code envelopes} as a gateway would.
     *
     * @param receivedAt travels with the record: an envelope that comes again has the same
     */
    public void send(EnvelopeId id, Instant receivedAt, byte[] body) throws ExecutionException, InterruptedException {
        sendAll(List.of(record(1, id, receivedAt, body)));
    }

    /** Puts records on topic {@code envelopes}, in their order. */
    public void sendAll(List<ProducerRecord<byte[], byte[]>> records) throws ExecutionException, InterruptedException {
        Map<String, Object> properties = Map.of("bootstrap.servers", SERVERS.bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    /** A record as a gateway writes it, which was received at its time of arrival. */
    public ProducerRecord<byte[], byte[]> record(long project, EnvelopeId id, Instant receivedAt, byte[] body) {
        var record =
                new ProducerRecord<byte[], byte[]>(topic("envelopes"), null, receivedAt.toEpochMilli(), null, body);
        EnvelopeRecord.headers(new Receipt(
                        id,
                        new ProjectId(project),
                        new PublicKey("e12d836b15bb49d7bbf99e64295d995b"),
                        receivedAt,
                        Endpoint.ENVELOPE,
                        null,
                        null,
                        null,
                        "test",
                        null,
                        null,
                        null,
                        null,
                        null,
                        Set.of()))
                .forEach(record.headers()::add);
        return record;
    }

    /** Puts a body that is received now on topic {@code envelopes}. */
    public void send(String body) throws ExecutionException, InterruptedException {
        Instant now = Instant.now();
        send(EnvelopeId.at(now), now, body.getBytes(UTF_8));
    }

    /** The books of all that was sent so far, held against what the broker says. */
    public LedgerBalance balance() {
        KafkaSettings kafka = bean(KafkaSettings.class);
        TopicOffsets.Answer answer = bean(TopicOffsets.class).ask(topic("envelopes"), kafka.processorGroup());
        return new LedgerQueries(jdbc)
                .balance(
                        null,
                        null,
                        Instant.now(),
                        new BrokerOffsets(answer.topicId(), answer.ends(), answer.committed()));
    }

    /** How many rows a table has, or those that its condition names. */
    public long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    /** The text of a setting, such as {@code local.server.port}. */
    public String setting(String name) {
        return context.getEnvironment().getRequiredProperty(name);
    }

    @Override
    public void close() {
        context.close();
    }
}
