package dev.resentry.storage.regroup;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.regroup.EventGrouping.Grouped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Some events of a regroup with what they are by rules, from the newest on; payloads are grouped one after the other and none is kept.
 *
 * @param looked how many events it covers, also those that it leaves out
 * @param last where the next page begins; null if it covers none, so that there is no next one
 */
record EventPage(
        List<Regrouped> events, int looked, @Nullable Place last) {
    /** A second or two of grouping, while people who merge issues of the project wait. */
    private static final int EVENTS = 300;

    /** Keys are looked at far faster than payloads. */
    private static final int KEYS = 3_000;

    /** Of events whose payloads are made anew, and kept until they are written. */
    private static final int REPAIRED = 100;

    private static final int FETCH = 20;

    /** Events of a deleted issue are being removed. An event that is only counted has nothing to be grouped by. */
    private static final String ALL = """
            SELECT e.received_at, e.event_id, e.issue_id, e.strategy, encode(e.hash, 'hex') AS hash, e.title, e.needs_source_maps,
                   CASE WHEN e.payload_kept THEN coalesce(e.payload_json, e.payload_jsonb::text) END AS payload
            FROM events e
            WHERE e.project_id = :project AND e.received_at >= :from AND (e.received_at, e.event_id) < (:at, :event)
              AND NOT EXISTS (SELECT FROM deleted_issues d WHERE d.issue_id = e.issue_id)
            ORDER BY e.received_at DESC, e.event_id DESC
            LIMIT :rows
            """;

    private static final String OF_ISSUE = """
            SELECT e.received_at, e.event_id, e.issue_id, e.strategy, encode(e.hash, 'hex') AS hash, e.title, e.needs_source_maps,
                   CASE WHEN e.payload_kept THEN coalesce(e.payload_json, e.payload_jsonb::text) END AS payload
            FROM events e
            WHERE e.issue_id = :issue AND e.received_at >= :from AND (e.received_at, e.event_id) < (:at, :event)
              AND NOT EXISTS (SELECT FROM deleted_issues d WHERE d.issue_id = :issue)
            ORDER BY e.received_at DESC, e.event_id DESC
            LIMIT :rows
            """;

    /** Those that the regroup did not move itself, but that came under its rules: after it, or with a hash that it gave away. */
    private static final String SINCE = """
            SELECT k.received_at, k.event_id, k.issue_id, k.strategy, encode(k.hash, 'hex') AS hash, k.title,
                   k.needs_source_maps,
                   CASE WHEN (k.received_at >= :applied
                              OR EXISTS (SELECT FROM regrouped_hashes h
                                         WHERE h.regroup_id = :id AND h.strategy = k.strategy AND h.hash = k.hash))
                             AND NOT EXISTS (SELECT FROM regrouped_events r
                                             WHERE r.regroup_id = :id AND r.received_at = k.received_at AND r.event_id = k.event_id)
                        THEN (SELECT coalesce(e.payload_json, e.payload_jsonb::text) FROM events e
                              WHERE e.received_at = k.received_at AND e.project_id = :project AND e.event_id = k.event_id
                                AND e.payload_kept)
                   END AS payload
            FROM (SELECT e.received_at, e.event_id, e.issue_id, e.strategy, e.hash, e.title, e.needs_source_maps
                  FROM events e
                  WHERE e.project_id = :project AND e.received_at >= :from AND (e.received_at, e.event_id) < (:at, :event)
                    AND NOT EXISTS (SELECT FROM deleted_issues d WHERE d.issue_id = e.issue_id)
                  ORDER BY e.received_at DESC, e.event_id DESC
                  LIMIT :rows) AS k
            ORDER BY k.received_at DESC, k.event_id DESC
            """;

    EventPage {
        events = List.copyOf(events);
    }

    /** Where an event is in the order in which they arrived. */
    record Place(OffsetDateTime receivedAt, UUID eventId) {}

    /**
     * An event, as it is and as it would be.
     *
     * @param hash as hex digits
     * @param needsSourceMaps null if that was never noted
     */
    record Regrouped(
            Place place,
            long issue,
            String strategy,
            String hash,
            String title,
            @Nullable Boolean needsSourceMaps,
            Grouped grouped) {}

    /** The next events of the time from {@code from} on. */
    static EventPage next(JdbcClient jdbc, LockedRegroup regroup, OffsetDateTime from, EventGrouping grouping) {
        return page(
                jdbc.sql(ALL)
                        .param("project", regroup.project())
                        .param("from", from)
                        .param("at", regroup.at())
                        .param("event", regroup.event())
                        .param("rows", EVENTS),
                grouping);
    }

    /** The next events of one issue. */
    static EventPage nextOf(
            JdbcClient jdbc, LockedRegroup regroup, long issue, OffsetDateTime from, EventGrouping grouping) {
        return page(
                jdbc.sql(OF_ISSUE)
                        .param("issue", issue)
                        .param("from", from)
                        .param("at", regroup.at())
                        .param("event", regroup.event())
                        .param("rows", REPAIRED),
                grouping);
    }

    /** The next events that came under the rules of an applied regroup. */
    static EventPage nextSince(
            JdbcClient jdbc,
            LockedRegroup regroup,
            OffsetDateTime from,
            OffsetDateTime applied,
            EventGrouping grouping) {
        return page(
                jdbc.sql(SINCE)
                        .param("id", regroup.id())
                        .param("project", regroup.project())
                        .param("from", from)
                        .param("applied", applied)
                        .param("at", regroup.at())
                        .param("event", regroup.event())
                        .param("rows", KEYS),
                grouping);
    }

    private static EventPage page(JdbcClient.StatementSpec statement, EventGrouping grouping) {
        List<Regrouped> events = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        statement.withFetchSize(FETCH).query((ResultSet row) -> {
            Place place = new Place(
                    row.getObject("received_at", OffsetDateTime.class), row.getObject("event_id", UUID.class));
            places.add(place);
            String payload = row.getString("payload");
            if (payload != null) {
                events.add(regrouped(row, place, payload, grouping));
            }
        });
        return new EventPage(events, places.size(), places.isEmpty() ? null : places.getLast());
    }

    private static Regrouped regrouped(ResultSet row, Place place, String payload, EventGrouping grouping)
            throws SQLException {
        return new Regrouped(
                place,
                row.getLong("issue_id"),
                row.getString("strategy"),
                row.getString("hash"),
                row.getString("title"),
                row.getObject("needs_source_maps", Boolean.class),
                grouping.group(new EventId(place.eventId()), place.receivedAt().toInstant(), payload));
    }
}
