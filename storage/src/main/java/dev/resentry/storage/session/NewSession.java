package dev.resentry.storage.session;

import dev.resentry.model.event.UserHash;
import dev.resentry.model.session.SessionHash;
import dev.resentry.model.session.SessionHealth;
import dev.resentry.storage.ingest.ItemRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an item says of sessions, on its way to be counted. */
public sealed interface NewSession extends ItemRow {

    String release();

    /** Null if there is none. */
    @Nullable
    String environment();

    Instant startedAt();

    @Nullable
    UserHash user();

    /** About what a row takes; its texts are short. */
    @Override
    default long weight() {
        return 200;
    }

    /**
     * An update of one session.
     *
     * @param starts whether it says that the session begins
     * @param duration of a session that has ended, if it is known
     */
    record Update(
            String release,
            @Nullable String environment,
            Instant startedAt,
            SessionHash session,
            boolean starts,
            SessionHealth health,
            @Nullable Duration duration,
            @Nullable UserHash user)
            implements NewSession {}

    /**
     * Sessions that the SDK counted; durations are not known of them.
     *
     * @param item what the whole item is recognised by if it comes again; null if it cannot be
     */
    record Bucket(
            String release,
            @Nullable String environment,
            Instant startedAt,
            SessionCounts counts,
            @Nullable UserHash user,
            @Nullable SessionHash item)
            implements NewSession {}
}
