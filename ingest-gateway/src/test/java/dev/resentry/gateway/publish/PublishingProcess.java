package dev.resentry.gateway.publish;

import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import dev.resentry.gateway.spool.SpoolFixture;
import dev.resentry.model.envelope.RawEnvelope;
import java.nio.file.Path;

/** Publishes envelopes and prints the id of each that is kept, until it is killed. */
final class PublishingProcess {
    private PublishingProcess() {}

    public static void main(String[] args) {
        SpoolingPublisher publisher = SpoolingPublisher.open(
                SpoolingPublisherIT.kafka(args[0], args[1]),
                SpoolingPublisherIT.GATEWAY,
                SpoolFixture.settings(Path.of(args[2])));
        while (true) {
            RawEnvelope envelope = SpoolFixture.envelope(2000);
            if (publisher.publish(envelope).join() instanceof Publication.Kept(var place)) {
                System.out.println(SpoolFixture.id(envelope) + " " + place);
                System.out.flush();
            }
        }
    }
}
