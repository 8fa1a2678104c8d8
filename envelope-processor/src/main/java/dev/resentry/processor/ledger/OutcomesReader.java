package dev.resentry.processor.ledger;

import dev.resentry.model.wire.OutcomeRecord;
import dev.resentry.service.kafka.ReadFrom;
import dev.resentry.service.kafka.RecordHandler;
import dev.resentry.service.kafka.TopicListener;
import dev.resentry.service.kafka.TopicReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import dev.resentry.storage.ledger.GatewayOutcomes;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what gateways refused from topic {@code outcomes} into the totals. Records are committed once they are counted. */
final class OutcomesReader extends TopicListener {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomesReader.class);

    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final GatewayOutcomes outcomes;

    OutcomesReader(KafkaSettings kafka, TopicProvisioner topics, GatewayOutcomes outcomes) {
        this.kafka = kafka;
        this.topics = topics;
        this.outcomes = outcomes;
    }

    @Override
    protected TopicReader newReader() {
        return new TopicReader(
                "outcomes",
                kafka,
                topics,
                kafka.topics().outcomes(),
                new ReadFrom.CommittedOffset(kafka.outcomesGroup()),
                new Counting());
    }

    private final class Counting implements RecordHandler {
        private final List<OutcomeRecord> uncounted = new ArrayList<>();

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
            try {
                uncounted.add(OutcomeRecord.read(record.value()));
            } catch (IllegalArgumentException e) {
                LOG.atWarn()
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("error", e.getMessage())
                        .log("A record of topic outcomes cannot be read and is not counted");
            }
        }

        @Override
        public void polled() {
            if (uncounted.isEmpty()) {
                return;
            }
            List<OutcomeRecord> records = List.copyOf(uncounted);
            // If they cannot be counted now, they come again.
            uncounted.clear();
            outcomes.count(records);
        }
    }
}
