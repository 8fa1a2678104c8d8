package dev.resentry.processor.webhook;

import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.DataChange;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.service.kafka.ReadFrom;
import dev.resentry.service.kafka.RecordHandler;
import dev.resentry.service.kafka.TopicListener;
import dev.resentry.service.kafka.TopicReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topic {@code events} for webhooks and personal mails, in a group with all other processors. Records are committed once what is
 * to be sent of them is in the database.
 */
final class WebhookListener extends TopicListener {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookListener.class);

    /** What is older is told to nobody: a group that is new begins with all that the topic has. */
    private static final Duration MAX_AGE = Duration.ofDays(1);

    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final WebhookDeliveries deliveries;
    private final InstantSource clock;

    WebhookListener(KafkaSettings kafka, TopicProvisioner topics, WebhookDeliveries deliveries, InstantSource clock) {
        this.kafka = kafka;
        this.topics = topics;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @Override
    protected TopicReader newReader() {
        return new TopicReader(
                "webhooks",
                kafka,
                topics,
                kafka.topics().events(),
                new ReadFrom.CommittedOffset(kafka.topicPrefix() + "webhooks"),
                new Telling());
    }

    private final class Telling implements RecordHandler {
        private final List<ProcessedRecord> waiting = new ArrayList<>();

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
            if (ProcessedRecordJson.beginsAsItemStored(record.value())) {
                return;
            }
            try {
                ProcessedRecordJson.read(record.value())
                        .filter(this::isToBeTold)
                        .ifPresent(waiting::add);
            } catch (IllegalArgumentException e) {
                LOG.atError()
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("error", e.getMessage())
                        .log("A record of topic events cannot be read and is told to no webhook");
            }
        }

        private boolean isToBeTold(ProcessedRecord record) {
            return !(record instanceof ItemStored || record instanceof DataChange)
                    && record.origin().cause() == Cause.LIVE
                    && record.origin().at().isAfter(clock.instant().minus(MAX_AGE));
        }

        /** If it throws, the records come again. */
        @Override
        public void polled() {
            if (!waiting.isEmpty()) {
                List<ProcessedRecord> records = List.copyOf(waiting);
                waiting.clear();
                deliveries.add(records);
            }
        }
    }
}
