package dev.resentry.storage.issue;

import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.storage.ingest.ItemRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row that belongs to an issue and counts on it: {@link IssueWriter} finds or makes the issue of its hash. */
public interface IssueOccurrence extends ItemRow {
    GroupingHash hash();

    /** The event that it is. */
    EventId eventId();

    /** When it happened, by its own clock. */
    Instant occurredAt();

    String title();

    @Nullable
    String culprit();

    String level();

    @Nullable
    String platform();

    @Nullable
    String release();

    /** The type of the exception that the title tells of. */
    @Nullable
    String errorType();

    /** Whether an exception left the program. */
    boolean isUnhandled();
}
