package dev.resentry.processor.consume;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records that came at once, a batch at a time. For one thread. */
final class Batches {
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final int atMost;
    private final BooleanSupplier goOn;
    private int taken;

    /**
     * Nothing taken yet.
     *
     * @param atMost how many records a batch has at most
     * @param goOn asked before each batch; when it is false, the rest is left
     */
    Batches(List<ConsumerRecord<byte[], byte[]>> records, int atMost, BooleanSupplier goOn) {
        this.records = records;
        this.atMost = atMost;
        this.goOn = goOn;
    }

    boolean hasNext() {
        return taken < records.size() && goOn.getAsBoolean();
    }

    List<ConsumerRecord<byte[], byte[]>> next() {
        if (taken == records.size()) {
            throw new NoSuchElementException("all %d records are taken".formatted(taken));
        }
        int first = taken;
        taken = Math.min(first + atMost, records.size());
        return records.subList(first, taken);
    }

    /** How many records were taken: the first ones. */
    int taken() {
        return taken;
    }
}
