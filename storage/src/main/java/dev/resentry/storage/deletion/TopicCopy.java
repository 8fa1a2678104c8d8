package dev.resentry.storage.deletion;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The copy of every envelope that its topic holds, out of reach of a deletion.
 *
 * @param retention of the topic
 */
public record TopicCopy(Duration retention) {

    /** The first whole UTC day on which the topic may drop all that arrived until then; Kafka drops whole segments, so it may be later. */
    public LocalDate expiresOn(Instant newestArrival) {
        return LocalDate.ofInstant(newestArrival.plus(retention), ZoneOffset.UTC)
                .plusDays(1);
    }
}
