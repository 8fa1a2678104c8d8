package dev.resentry.benchmarks;

import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The broker that all records go to. */
@Command(name = "broker", hidden = true)
final class Broker implements Runnable {
    @Option(names = "--directory", required = true)
    private Path directory = Path.of("");

    @Option(names = "--port", required = true)
    private int port;

    @Override
    public void run() {
        try (var _ = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory).withPort(port))) {
            System.out.println("ready");
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
