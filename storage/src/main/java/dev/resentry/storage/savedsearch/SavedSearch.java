package dev.resentry.storage.savedsearch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A search that somebody keeps.
 *
 * @param shared whether everybody sees it; else it is of its creator alone
 * @param creator null if whoever made it is no user any more
 * @param pinned whether who asks wants it first
 */
public record SavedSearch(
        long id,
        SearchedDataset dataset,
        Details details,
        boolean shared,
        @Nullable Creator creator,
        boolean pinned,
        Instant createdAt,
        Instant updatedAt) {

    /**
     * What people say of it.
     *
     * @param sort as the list of the dataset takes it; null for its usual order
     */
    public record Details(
            String name, String query, @Nullable String sort) {}

    /** Who made it. */
    public record Creator(long id, String email, String name) {}

    public boolean isOf(long userId) {
        return creator != null && creator.id() == userId;
    }
}
