package dev.resentry.benchmarks.drain;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bytes of tables and indexes on the disk, partitions together, or the growth between two moments. */
record DiskUse(Map<Part, Long> bytes) {
    private static final String SIZES = """
            WITH tables AS (
                SELECT t.oid, t.reltoastrelid, coalesce(p.relname, t.relname) AS name
                FROM pg_class t
                LEFT JOIN pg_inherits h ON h.inhrelid = t.oid
                LEFT JOIN pg_class p ON p.oid = h.inhparent
                WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace)
            SELECT name, 'rows' AS part,
                sum(pg_relation_size(oid, 'main') + pg_relation_size(oid, 'fsm') + pg_relation_size(oid, 'vm'))
            FROM tables GROUP BY 1, 2
            UNION ALL
            SELECT name, 'large values (TOAST)', sum(pg_total_relation_size(reltoastrelid))
            FROM tables WHERE reltoastrelid <> 0 GROUP BY 1, 2
            UNION ALL
            SELECT t.name, coalesce(pi.relname, i.relname), sum(pg_relation_size(i.oid))
            FROM tables t
            JOIN pg_index x ON x.indrelid = t.oid
            JOIN pg_class i ON i.oid = x.indexrelid
            LEFT JOIN pg_inherits h ON h.inhrelid = i.oid
            LEFT JOIN pg_class pi ON pi.oid = h.inhparent
            GROUP BY 1, 2
            """;

    /** A table's rows, its large values, or one of its indexes. */
    record Part(String table, String name) {}

    /** After a VACUUM and a CHECKPOINT, so that what is only waiting for either is not counted. */
    static DiskUse of(Connection database) throws SQLException {
        Map<Part, Long> bytes = new HashMap<>();
        try (Statement statement = database.createStatement()) {
            statement.execute("VACUUM");
            statement.execute("CHECKPOINT");
            try (ResultSet rows = statement.executeQuery(SIZES)) {
                while (rows.next()) {
                    bytes.put(new Part(rows.getString(1), rows.getString(2)), rows.getLong(3));
                }
            }
        }
        return new DiskUse(bytes);
    }

    DiskUse since(DiskUse before) {
        Map<Part, Long> grown = new HashMap<>();
        bytes.forEach((part, now) -> grown.put(part, now - before.bytes.getOrDefault(part, 0L)));
        return new DiskUse(grown);
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The largest first, down to a hundredth of all. */
    List<Map.Entry<Part, Long>> largest() {
        long least = Math.max(1, total() / 100);
        return bytes.entrySet().stream()
                .filter(entry -> entry.getValue() >= least)
                .sorted(Comparator.comparingLong((Map.Entry<Part, Long> entry) -> entry.getValue())
                        .reversed())
                .toList();
    }
}
