package dev.resentry.processor.consume;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.BatchRecord.Unreadable;
import dev.resentry.storage.ingest.IngestedEnvelope;
import dev.resentry.storage.ingest.SourceRecord;
import org.springframework.dao.DataAccessException;

/** What the database refuses, and what is left to try then. */
public final class Refusal {
    private Refusal() {}

    /** What is kept of something that is refused. */
    public static Outcome.Dropped outcome(DataAccessException refusal) {
        return new Outcome.Dropped(DropReason.REFUSED_BY_DATABASE, String.valueOf(refusal.getMessage()));
    }

    /**
     * What is left to try of a record that the database refuses alone: its raw envelope with the reason why nothing was made of
     * it, then the record itself.
     *
     * @throws DataAccessException the refusal, if there is nothing smaller to keep
     */
    public static BatchRecord reduced(BatchRecord refused, DataAccessException refusal) {
        Outcome.Dropped why = outcome(refusal);
        return switch (refused) {
            case Received(SourceRecord source, IngestedEnvelope envelope)
            when !(envelope.outcome() instanceof Outcome.Dropped) ->
                new Received(source, IngestedEnvelope.dropped(envelope.raw(), why));
            case Received(SourceRecord source, IngestedEnvelope _) -> new Unreadable(source, why);
            case Unreadable _ -> throw refusal;
        };
    }
}
