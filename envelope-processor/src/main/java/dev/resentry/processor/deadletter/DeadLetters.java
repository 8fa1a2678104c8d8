package dev.resentry.processor.deadletter;

import dev.resentry.model.outcome.Outcome;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps records that could not be stored. */
public interface DeadLetters {

    /** Hands over a record; it is kept once {@link #flush} returns. */
    void add(ConsumerRecord<byte[], byte[]> record, Outcome.Dropped why);

    /**
     * Waits until all records handed over are kept.
     *
     * @throws org.apache.kafka.common.KafkaException if one could not be kept; the batch must be tried again
     */
    void flush();
}
