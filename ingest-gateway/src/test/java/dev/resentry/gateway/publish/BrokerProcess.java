package dev.resentry.gateway.publish;

import dev.resentry.embedded.kafka.EmbeddedKafka;
import dev.resentry.embedded.kafka.EmbeddedKafkaSettings;
import java.nio.file.Path;

/** A broker in a process of its own, which a test can suspend. Prints its address. */
final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] args) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(Path.of(args[0])));
        System.out.println(kafka.bootstrapServers());
        Thread.currentThread().join();
    }
}
