package dev.resentry.storage.regroup;

import dev.resentry.model.event.EventId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An issue that comes of several, or that becomes several.
 *
 * @param rank its place in the list of its kind, from 1; those of the most events come first
 * @param issueId null if it does not exist yet
 * @param title of a merge as its events will be called, of a split as it is called now
 * @param events how many of the regroup's are in it: of a merge afterwards, of a split before
 * @param parts of a merge the issues that its events come from, of a split those that they go to: first the one that stays, then
 *     those of the most events; {@link #MOST_PARTS} at most
 */
public record RegroupChange(
        Kind kind, long rank, @Nullable Long issueId, String title, long events, List<Part> parts, long partsTotal) {
    static final int MOST_PARTS = 20;

    public RegroupChange {
        parts = List.copyOf(parts);
    }

    /** What happens. */
    public enum Kind {
        MERGE,
        SPLIT;

        /** As tables and the API have it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A part of it.
     *
     * @param issueId null if it does not exist yet
     * @param title of a merge what the issue is called now, of a split what its latest event is called by the new rules
     */
    public record Part(
            @Nullable Long issueId, String title, @Nullable String culprit, long events, EventId latestEventId) {}
}
