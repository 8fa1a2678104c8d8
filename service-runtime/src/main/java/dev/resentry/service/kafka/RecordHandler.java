package dev.resentry.service.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes in what a {@link TopicReader} reads, on the reader's thread. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Takes in one record. If it throws, the reader begins anew after a back-off, and the record comes again.
     *
     * @param replayed whether the record was on the topic before the reading began; always false for a consumer group
     */
    void handle(ConsumerRecord<byte[], byte[]> record, boolean replayed);

    /**
     * Called when everything that was on the topic as the reading began has been handled: at once on an empty topic, and again
     * when the reader had to begin anew. Not called for a consumer group, whose members see parts of a topic.
     */
    default void caughtUp() {}

    /**
     * Called for a consumer group when this member gets partitions or loses them, before records of new ones: what was remembered of the
     * records so far is not all there is any more. Also called when the reader begins anew.
     */
    default void partitionsChanged() {}

    /**
     * Called behind the records of each poll, and about twice a second while {@link #waits}; seldom else. For a consumer group this is
     * before their offsets are committed: if it throws, they come again.
     */
    default void polled() {}

    /** Whether {@link #polled} is to be called soon, though no record comes. */
    default boolean waits() {
        return false;
    }
}
