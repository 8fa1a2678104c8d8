package dev.resentry.storage.dashboard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard that somebody put together.
 *
 * @param owner null if there is no such user any more, or if a program made it
 * @param revision grows with each change
 * @param updatedBy the e-mail address of who changed it last
 */
public record StoredDashboard(
        long id,
        DashboardDraft draft,
        @Nullable Owner owner,
        long revision,
        Instant createdAt,
        Instant updatedAt,
        String updatedBy) {

    /** Whose it is. */
    public record Owner(long id, String name) {}

    /** Whether a user sees it. */
    public boolean isVisibleTo(long userId) {
        return draft.isShared() || isOwnedBy(userId);
    }

    public boolean isOwnedBy(long userId) {
        return owner != null && owner.id() == userId;
    }
}
