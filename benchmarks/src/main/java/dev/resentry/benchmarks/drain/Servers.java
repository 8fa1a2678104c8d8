package dev.resentry.benchmarks.drain;

import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The one broker and the one PostgreSQL that services of the scale run share. Tells where they are in a line. */
@Command(name = Servers.ROLE, hidden = true)
public final class Servers implements Runnable {
    static final String ROLE = "broker-and-database";
    static final String DATABASE = "resentry";

    /** What begins the line that tells where they are. */
    static final String READY = "ready ";

    @Option(names = "--directory", required = true)
    private Path directory = Path.of("");

    /** Where they are, as the line says it. */
    record Addresses(
            String bootstrap, long postmaster, String databaseUrl, String jdbcUrl, String user, String password) {
        static Addresses parse(String line) {
            String[] words =
                    line.substring(line.indexOf(READY) + READY.length()).split(" ");
            return new Addresses(words[0], Long.parseLong(words[1]), words[2], words[3], words[4], words[5]);
        }

        String line() {
            return READY + String.join(" ", bootstrap, Long.toString(postmaster), databaseUrl, jdbcUrl, user, password);
        }
    }

    @Override
    public void run() {
        var postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")));
        var kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory.resolve("kafka")));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            kafka.close();
            postgres.close();
        }));
        postgres.createDatabaseIfMissing(DATABASE);
        System.out.println(new Addresses(
                        kafka.bootstrapServers(),
                        postgres.process().pid(),
                        postgres.databaseUrl(DATABASE),
                        "jdbc:postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), DATABASE),
                        postgres.user(),
                        postgres.password())
                .line());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
