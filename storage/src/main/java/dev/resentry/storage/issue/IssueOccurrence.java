package dev.resentry.storage.issue;

import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.storage.ingest.ItemRow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row that belongs to an issue and counts on it: {@link IssueWriter} finds or makes the issue of its hash. */
public interface IssueOccurrence extends ItemRow {
    GroupingHash hash();

    /**
     * Hashes by which its issue is looked for when its own is not known, the best first: of the same strategy, by which the issue can
     * be found later too, and of an earlier one.
     */
    List<GroupingHash> otherHashes();

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
