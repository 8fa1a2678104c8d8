package dev.resentry.storage.ingest;

import dev.resentry.model.outcome.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter that is processed once more.
 *
 * @param jobId the job that retries it
 * @param by who asked for it
 * @param formerReason why it was dead until now
 * @param counted whether its envelope is counted as dead in the totals of its project
 * @param itemPosition if only an item of its envelope is dead: that item alone is stored
 */
public record Retry(
        long letterId,
        long jobId,
        String by,
        DropReason formerReason,
        boolean counted,
        @Nullable Integer itemPosition) {

    boolean covers(int position) {
        return itemPosition == null || itemPosition == position;
    }
}
