package dev.resentry.processor.alert;

import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecordJson;
import dev.resentry.service.kafka.ReadFrom;
import dev.resentry.service.kafka.RecordHandler;
import dev.resentry.service.kafka.TopicListener;
import dev.resentry.service.kafka.TopicReader;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topic {@code events} for alert rules, in a group with all other processors: all of an issue is on one partition. Records are
 * committed once everything that they make fire is in the database.
 */
final class AlertListener extends TopicListener {
    private static final Logger LOG = LoggerFactory.getLogger(AlertListener.class);

    private final KafkaSettings kafka;
    private final TopicProvisioner topics;
    private final AlertEvaluation evaluation;

    AlertListener(KafkaSettings kafka, TopicProvisioner topics, AlertEvaluation evaluation) {
        this.kafka = kafka;
        this.topics = topics;
        this.evaluation = evaluation;
    }

    @Override
    protected TopicReader newReader() {
        return new TopicReader(
                "alerts",
                kafka,
                topics,
                kafka.topics().events(),
                new ReadFrom.CommittedOffset(kafka.topicPrefix() + "alerts"),
                new Evaluating());
    }

    private final class Evaluating implements RecordHandler {
        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, boolean replayed) {
            if (isOfNoRule(record)) {
                return;
            }
            try {
                ProcessedRecordJson.read(record.value()).ifPresent(evaluation::read);
            } catch (IllegalArgumentException e) {
                LOG.atError()
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("error", e.getMessage())
                        .log("A record of topic events cannot be read and fires no alert rule");
            }
        }

        /** As most are: nothing is read of these but the key. */
        private boolean isOfNoRule(ConsumerRecord<byte[], byte[]> record) {
            return ProcessedRecordJson.beginsAsItemStored(record.value())
                    && record.key() != null
                    && ProcessedRecord.projectOf(record.key())
                            .filter(project -> !evaluation.looksAtEvents(project.value()))
                            .isPresent();
        }

        @Override
        public void partitionsChanged() {
            evaluation.forget();
        }

        @Override
        public void polled() {
            evaluation.decide();
        }
    }
}
