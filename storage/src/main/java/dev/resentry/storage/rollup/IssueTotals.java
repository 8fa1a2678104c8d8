package dev.resentry.storage.rollup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What the row of an issue says of its events: how many, when, in which releases. */
final class IssueTotals {
    /** As {@code IssueWriter} has it: releases of one moment are in the order of their names. */
    private static final Comparator<Released> ORDER =
            Comparator.comparing(Released::at).thenComparing(Released::release);

    /** Of an issue with expired events, what they left stays where it goes beyond what is there. */
    private static final String WRITE = """
            UPDATE issues i
            SET event_count      = i.expired_event_count + seen.events,
                first_seen       = CASE WHEN seen.expired THEN least(i.first_seen, seen.first_at)
                                        ELSE coalesce(seen.first_at, i.first_seen) END,
                last_seen        = CASE WHEN seen.expired THEN greatest(i.last_seen, seen.last_at)
                                        ELSE coalesce(seen.last_at, i.last_seen) END,
                first_release    = CASE WHEN first.stays THEN i.first_release ELSE seen.first_release END,
                first_release_at = CASE WHEN first.stays THEN i.first_release_at ELSE seen.first_release_at END,
                last_release     = CASE WHEN last.stays THEN i.last_release ELSE seen.last_release END,
                last_release_at  = CASE WHEN last.stays THEN i.last_release_at ELSE seen.last_release_at END,
                is_unhandled     = (seen.expired AND i.is_unhandled)
                                   OR EXISTS (SELECT FROM events e WHERE e.issue_id = i.id AND NOT e.handled)
            FROM (SELECT ?::bigint AS id, ?::boolean AS expired, ?::bigint AS events, ?::timestamptz AS first_at,
                         ?::timestamptz AS last_at, ?::text AS first_release, ?::timestamptz AS first_release_at,
                         ?::text AS last_release, ?::timestamptz AS last_release_at) AS seen
            JOIN issues was ON was.id = seen.id
            CROSS JOIN LATERAL (SELECT seen.expired AND was.first_release IS NOT NULL AND (seen.first_release IS NULL
                OR (coalesce(was.first_release_at, was.first_seen), was.first_release COLLATE "C")
                   < (seen.first_release_at, seen.first_release COLLATE "C")) AS stays) AS first
            CROSS JOIN LATERAL (SELECT seen.expired AND was.last_release IS NOT NULL AND (seen.last_release IS NULL
                OR (coalesce(was.last_release_at, was.last_seen), was.last_release COLLATE "C")
                   > (seen.last_release_at, seen.last_release COLLATE "C")) AS stays) AS last
            WHERE i.id = seen.id
            """;

    private long events;
    private @Nullable Instant firstAt;
    private @Nullable Instant lastAt;
    private @Nullable Released firstReleased;
    private @Nullable Released lastReleased;

    private record Released(Instant at, String release) {}

    void add(CountedEvent event) {
        events++;
        Instant at = event.occurredAt();
        firstAt = firstAt == null || at.isBefore(firstAt) ? at : firstAt;
        lastAt = lastAt == null || at.isAfter(lastAt) ? at : lastAt;
        if (event.release() != null) {
            var released = new Released(at, event.release());
            firstReleased =
                    firstReleased == null || ORDER.compare(released, firstReleased) < 0 ? released : firstReleased;
            lastReleased = lastReleased == null || ORDER.compare(released, lastReleased) > 0 ? released : lastReleased;
        }
    }

    void write(Connection connection, long issueId, boolean expired) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(WRITE)) {
            update.setLong(1, issueId);
            update.setBoolean(2, expired);
            update.setLong(3, events);
            update.setObject(4, utc(firstAt));
            update.setObject(5, utc(lastAt));
            update.setString(6, firstReleased == null ? null : firstReleased.release());
            update.setObject(7, utc(firstReleased == null ? null : firstReleased.at()));
            update.setString(8, lastReleased == null ? null : lastReleased.release());
            update.setObject(9, utc(lastReleased == null ? null : lastReleased.at()));
            update.executeUpdate();
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
