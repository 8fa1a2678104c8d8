package dev.resentry.storage.rollup;

import static dev.resentry.storage.ingest.ColumnArrays.instant;

import dev.resentry.storage.ingest.ColumnArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events of issues by tag, with level, environment and release as tags. An issue has at most 100 keys, and a key 1,000 values with a
 * row of their own: those that come first. Events with further values count on the value {@code ''}, those with further keys
 * on that of the key {@code ''}. The rows of an issue are written under the lock of its own.
 */
final class IssueTags implements Rollup {
    static final int MAX_KEYS = 100;
    static final int MAX_VALUES = 1_000;
    static final String OTHER_VALUES = "";
    static final String OTHER_KEYS = "";

    /** In code points. Longer ones would not fit into an index. */
    private static final int MAX_TEXT = 200;

    private static final String ADD_TO_NAMED = """
            UPDATE issue_tags t SET events = t.events + new.events, last_seen = greatest(t.last_seen, %s)
            FROM unnest(?, ?, ?, ?, ?) WITH ORDINALITY AS new(issue_id, key, value, events, last_seen, number)
            WHERE t.issue_id = new.issue_id AND t.key = new.key AND t.value = new.value
            RETURNING new.number
            """.formatted(instant("new.last_seen"));

    private static final String ADD = """
            INSERT INTO issue_tags AS t (issue_id, key, value, events, last_seen, project_id)
            SELECT issue_id, key, value, events, %s, project_id
            FROM unnest(?, ?, ?, ?, ?, ?) AS new(issue_id, key, value, events, last_seen, project_id)
            ON CONFLICT (issue_id, key, value) DO UPDATE
            SET events = t.events + excluded.events, last_seen = greatest(t.last_seen, excluded.last_seen)
            """.formatted(instant("last_seen"));

    private final Map<Tag, Tally> tallies = new LinkedHashMap<>();

    private record Tag(long issueId, String key, String value) {
        private static final Comparator<Tag> ORDER =
                Comparator.comparingLong(Tag::issueId).thenComparing(Tag::key).thenComparing(Tag::value);
    }

    private static final class Tally {
        private final Tag tag;
        private final long projectId;
        private long events;
        private Instant lastSeen = Instant.MIN;
        private boolean isNamed;

        Tally(Tag tag, long projectId) {
            this.tag = tag;
            this.projectId = projectId;
        }

        void add(long more, Instant seen) {
            events += more;
            lastSeen = seen.isAfter(lastSeen) ? seen : lastSeen;
        }
    }

    @Override
    public void add(CountedEvent event) {
        Map<String, String> tags = new LinkedHashMap<>();
        event.tags().forEach((key, value) -> tags.put(cut(key), cut(value)));
        tags.put("level", event.level());
        tags.put("environment", event.environment());
        tags.put("release", event.release() == null ? "" : event.release());
        tags.forEach((key, value) -> {
            if (!value.isEmpty()) {
                tally(tallies, new Tag(event.issueId(), key, value), event.projectId())
                        .add(1, event.occurredAt());
            }
        });
    }

    private static Tally tally(Map<Tag, Tally> tallies, Tag tag, long projectId) {
        return tallies.computeIfAbsent(tag, _ -> new Tally(tag, projectId));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT || text.codePointCount(0, text.length()) <= MAX_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_TEXT));
    }

    @Override
    public void write(Connection connection) throws SQLException {
        if (tallies.isEmpty()) {
            return;
        }
        List<Tally> unnamed = addToNamed(connection, List.copyOf(tallies.values()));
        if (unnamed.isEmpty()) {
            return;
        }
        Set<Long> issueIds = new HashSet<>();
        unnamed.forEach(tally -> issueIds.add(tally.tag.issueId()));
        IssueTagKeys keys = IssueTagKeys.of(connection, issueIds);
        Map<Tag, Tally> added = new LinkedHashMap<>();
        for (Tally tally : unnamed) {
            Tag tag = tally.tag;
            switch (keys.admit(tag.issueId(), tag.key(), tally.projectId)) {
                case NAMED -> added.put(tag, tally);
                case OTHER_VALUE ->
                    tally(added, new Tag(tag.issueId(), tag.key(), OTHER_VALUES), tally.projectId)
                            .add(tally.events, tally.lastSeen);
                case UNCOUNTED ->
                    tally(added, new Tag(tag.issueId(), OTHER_KEYS, OTHER_VALUES), tally.projectId)
                            .add(tally.events, tally.lastSeen);
            }
        }
        if (!added.isEmpty()) {
            add(connection, added.values());
            keys.write(connection);
        }
    }

    /** Adds to the values that have a row; returns the others, in the order in which they came. */
    private static List<Tally> addToNamed(Connection connection, List<Tally> all) throws SQLException {
        List<Tally> sorted = inOrder(all);
        try (PreparedStatement update = connection.prepareStatement(ADD_TO_NAMED)) {
            bind(update, new ColumnArrays<>(connection, sorted));
            try (ResultSet updated = update.executeQuery()) {
                while (updated.next()) {
                    sorted.get(updated.getInt(1) - 1).isNamed = true;
                }
            }
        }
        return all.stream().filter(tally -> !tally.isNamed).toList();
    }

    /** In the order of the index, so that neighbours are found on the same pages: it is a third faster. */
    private static List<Tally> inOrder(Collection<Tally> tallies) {
        return tallies.stream()
                .sorted(Comparator.comparing(tally -> tally.tag, Tag.ORDER))
                .toList();
    }

    private static void add(Connection connection, Collection<Tally> added) throws SQLException {
        var rows = new ColumnArrays<>(connection, inOrder(added));
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            bind(insert, rows);
            insert.setArray(6, rows.longs(tally -> tally.projectId));
            insert.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, ColumnArrays<Tally> rows) throws SQLException {
        statement.setArray(1, rows.longs(tally -> tally.tag.issueId()));
        statement.setArray(2, rows.texts(tally -> tally.tag.key()));
        statement.setArray(3, rows.texts(tally -> tally.tag.value()));
        statement.setArray(4, rows.longs(tally -> tally.events));
        statement.setArray(5, rows.micros(tally -> tally.lastSeen));
    }
}
