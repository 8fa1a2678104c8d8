package dev.resentry.processor.consume;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.storage.ingest.BatchResult;

/** Is told what becomes of batches, on the threads that process them; several at once. */
public interface BatchObserver {
    /** Looks away. */
    BatchObserver NONE = new BatchObserver() {
        @Override
        public void processed(long nanos) {}

        @Override
        public void failed() {}

        @Override
        public void stored(BatchResult result) {}

        @Override
        public void deadLetter(DropReason reason) {}
    };

    /** Every record of a batch is accounted for, so many nanoseconds after it was taken up. */
    void processed(long nanos);

    /** A batch could not be processed and comes again. */
    void failed();

    /** Some records of a batch, or all, were settled by one transaction. */
    void stored(BatchResult result);

    /** A record is a dead letter, as its transaction has it; once more if its batch comes again. */
    void deadLetter(DropReason reason);
}
