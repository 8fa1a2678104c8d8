package dev.resentry.storage.disk;

import dev.resentry.storage.retention.DataKind;
import dev.resentry.storage.retention.Retention;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures how much disk the tables take, and forecasts it: partitions come and go by day, and the last whole days say how large a
 * day is, or today while there is none; other tables are taken to stay as they are. Asks the file system for each partition, so ask it every few minutes and not
 * for every request.
 */
public final class DiskUse {
    private static final int AHEAD_DAYS = 30;

    /** A week has its weekend. */
    private static final int MEASURED_DAYS = 7;

    private static final String SIZES = """
            SELECT coalesce(t.name, c.relname) AS name, t.kind,
                   CASE WHEN t.name IS NOT NULL THEN to_date(right(c.relname, 8), 'YYYYMMDD') END AS day,
                   coalesce(pg_total_relation_size(c.oid), 0) AS bytes
            FROM pg_class c
            LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
            LEFT JOIN pg_class parent ON parent.oid = i.inhparent
            LEFT JOIN partitioned_tables t ON t.name = parent.relname
            WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
            """;

    private final JdbcClient jdbc;
    private final Retention retention;

    public DiskUse(JdbcClient jdbc, Retention retention) {
        this.jdbc = jdbc;
        this.retention = retention;
    }

    /** A table, or one of its partitions. */
    private record Size(
            String name, @Nullable String kind, @Nullable LocalDate day, long bytes) {}

    /** All tables, the largest first. */
    public List<TableUse> measure(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Map<String, List<Size>> tables = jdbc
                .sql(SIZES)
                .query((row, _) -> new Size(
                        row.getString("name"),
                        row.getString("kind"),
                        row.getObject("day", LocalDate.class),
                        row.getLong("bytes")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Size::name, TreeMap::new, Collectors.toList()));
        List<TableUse> uses = new ArrayList<>();
        tables.forEach((name, sizes) -> uses.add(use(name, sizes, today)));
        uses.sort(Comparator.comparingLong(TableUse::bytes).reversed().thenComparing(TableUse::name));
        return uses;
    }

    private TableUse use(String name, List<Size> sizes, LocalDate today) {
        long bytes = sizes.stream().mapToLong(Size::bytes).sum();
        String kind = sizes.getFirst().kind();
        if (kind == null) {
            return new TableUse(name, bytes, null, 0, bytes, bytes);
        }
        int days = retention.days(DataKind.of(kind));
        long perDay = (long) sizes.stream()
                .filter(size -> isBetween(size, today.minusDays(MEASURED_DAYS), today.minusDays(1)))
                .mapToLong(Size::bytes)
                .average()
                .orElse((double) bytes(sizes, today));
        long kept = sizes.stream()
                .filter(size -> isBetween(size, today.plusDays(AHEAD_DAYS).minusDays(days), today.minusDays(1)))
                .mapToLong(Size::bytes)
                .sum();
        // Today is not whole, so it is counted as one of the days to come.
        return new TableUse(
                name, bytes, days, perDay, kept + perDay * Math.min(AHEAD_DAYS + 1L, days), perDay * (days + 1L));
    }

    private static long bytes(List<Size> sizes, LocalDate day) {
        return sizes.stream()
                .filter(size -> day.equals(size.day()))
                .mapToLong(Size::bytes)
                .sum();
    }

    private static boolean isBetween(Size size, LocalDate first, LocalDate last) {
        return size.day() != null && !size.day().isBefore(first) && !size.day().isAfter(last);
    }
}
