package dev.resentry.storage.issue;

import dev.resentry.model.issue.GroupingHash;
import dev.resentry.model.project.ProjectId;
import dev.resentry.storage.ingest.ColumnArrays;
import dev.resentry.storage.issue.IssueWriter.IdentifiedUpdate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The hashes that issues own. A hash has one issue; an issue has many hashes: of the program's own frames, of all frames, of an
 * earlier strategy, and those of issues that were merged into it.
 */
final class IssueHashes {
    private static final String FIND = """
            SELECT h.project_id, h.strategy, h.hash, h.issue_id
            FROM unnest(?, ?, ?) AS wanted(project_id, strategy, hash)
            JOIN issue_hashes h USING (project_id, strategy, hash)
            """;

    private static final String CLAIM = """
            INSERT INTO issue_hashes (project_id, strategy, hash, issue_id, created_at)
            SELECT project_id, strategy, hash, nextval(pg_get_serial_sequence('issues', 'id')), now()
            FROM unnest(?, ?, ?) AS new(project_id, strategy, hash)
            ON CONFLICT DO NOTHING
            RETURNING project_id, strategy, hash, issue_id
            """;

    /** An issue that was deleted in between gets no further hash. */
    private static final String ADD = """
            INSERT INTO issue_hashes (project_id, strategy, hash, issue_id, created_at)
            SELECT new.project_id, new.strategy, new.hash, i.id, now()
            FROM unnest(?, ?, ?, ?) AS new(project_id, strategy, hash, issue_id)
            JOIN issues i ON i.id = new.issue_id
            ORDER BY 1, 2, 3
            ON CONFLICT DO NOTHING
            RETURNING project_id, strategy, hash, issue_id
            """;

    private final Connection connection;

    IssueHashes(Connection connection) {
        this.connection = connection;
    }

    /** The issues of those keys that have one. */
    Map<IssueKey, Long> find(Collection<IssueKey> keys) throws SQLException {
        return keys.isEmpty() ? new HashMap<>() : query(FIND, keys);
    }

    /** Takes the hashes that nobody has yet for issues that are to be made; answers with their new ids. */
    Map<IssueKey, Long> claim(Collection<IssueKey> keys) throws SQLException {
        return keys.isEmpty() ? new HashMap<>() : query(CLAIM, keys);
    }

    /**
     * The issues of updates whose own hash is not known, by the first of their other hashes that is: the same event in the eyes of an
     * earlier strategy, or of an SDK that marks frames otherwise.
     */
    Map<IssueKey, Long> findByOthers(List<IssueUpdate> updates) throws SQLException {
        SequencedSet<IssueKey> others = new LinkedHashSet<>();
        updates.forEach(update -> others.addAll(update.others()));
        Map<IssueKey, Long> known = find(others);
        Map<IssueKey, Long> found = new HashMap<>();
        for (IssueUpdate update : updates) {
            update.others().stream()
                    .filter(known::containsKey)
                    .findFirst()
                    .ifPresent(other -> found.put(update.key(), known.get(other)));
        }
        return found;
    }

    /** Gives an existing issue to each hash that has none; answers with those that were given. */
    Map<IssueKey, Long> add(Map<IssueKey, Long> issues) throws SQLException {
        if (issues.isEmpty()) {
            return new HashMap<>();
        }
        List<Map.Entry<IssueKey, Long>> sorted =
                issues.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            bind(insert, sorted.stream().map(Map.Entry::getKey).toList());
            insert.setArray(4, new ColumnArrays<>(connection, sorted).longs(Map.Entry::getValue));
            return issues(insert);
        }
    }

    /**
     * Notes the other hashes of this strategy by which an update's issue can be found from now on. Those of an earlier strategy
     * are not noted: with them an issue is looked for, and none is made.
     */
    Map<IssueKey, Long> addOthers(List<IdentifiedUpdate> updates) throws SQLException {
        Map<IssueKey, Long> others = new HashMap<>();
        for (IdentifiedUpdate update : updates) {
            update.update().othersOfStrategy().forEach(other -> others.merge(other, update.id(), Math::min));
        }
        return add(others);
    }

    private Map<IssueKey, Long> query(String sql, Collection<IssueKey> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, keys.stream().sorted().toList());
            return issues(statement);
        }
    }

    private void bind(PreparedStatement statement, List<IssueKey> keys) throws SQLException {
        var rows = new ColumnArrays<>(connection, keys);
        statement.setArray(1, rows.longs(key -> key.projectId().value()));
        statement.setArray(2, rows.texts(key -> key.hash().strategy()));
        statement.setArray(3, rows.bytes(key -> key.hash().toByteArray()));
    }

    private static Map<IssueKey, Long> issues(PreparedStatement statement) throws SQLException {
        Map<IssueKey, Long> found = new HashMap<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                var hash = new GroupingHash(result.getString(2), HexFormat.of().formatHex(result.getBytes(3)));
                found.put(new IssueKey(new ProjectId(result.getLong(1)), hash), result.getLong(4));
            }
        }
        return found;
    }

    /** The keys of updates. */
    static List<IssueKey> keys(Collection<IssueUpdate> updates) {
        return updates.stream().map(IssueUpdate::key).toList();
    }
}
