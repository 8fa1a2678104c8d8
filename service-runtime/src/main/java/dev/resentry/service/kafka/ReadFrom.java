package dev.resentry.service.kafka;

/** Where a {@link TopicReader} begins. */
public sealed interface ReadFrom {

    /** At the beginning of every partition, at each start. */
    record Beginning() implements ReadFrom {}

    /** At each start so many records before the end of every partition, or at its beginning if it has fewer. */
    record LastRecords(long count) implements ReadFrom {
        public LastRecords {
            if (count < 0) {
                throw new IllegalArgumentException("records: %d (expected: >= 0)".formatted(count));
            }
        }
    }

    /**
     * Behind what a member of the consumer group has handled, or at the beginning if nothing was. The members share the
     * partitions. Offsets are committed once the records before them are handled.
     */
    record CommittedOffset(String group) implements ReadFrom {}
}
