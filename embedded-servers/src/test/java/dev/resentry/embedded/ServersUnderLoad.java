package dev.resentry.embedded;

import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to both servers and prints each number once both have acknowledged it, until it is killed. */
final class ServersUnderLoad {
    static final String TOPIC = "numbers";

    private ServersUnderLoad() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")));
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all");
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
                Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE numbers (number int PRIMARY KEY)");
            for (int i = 0; ; i++) {
                producer.send(new ProducerRecord<>(TOPIC, null, Integer.toString(i)))
                        .get();
                statement.execute("INSERT INTO numbers VALUES (" + i + ")");
                System.out.println(i);
            }
        }
    }
}
