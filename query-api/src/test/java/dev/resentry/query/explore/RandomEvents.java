package dev.resentry.query.explore;

import dev.resentry.query.StoredRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** Events of chance, as rows and as values that a test can count by itself. */
record RandomEvents(List<One> all) {
    static final Instant FROM = Instant.parse("2026-11-16T00:00:00Z");
    static final Instant TO = Instant.parse("2026-11-18T00:00:00Z");

    private static final List<String> LEVELS = List.of("fatal", "error", "warning", "info");
    private static final List<String> RELEASES = List.of("shop@1.0", "shop@1.1", "shop@2.0-\"β\"");
    private static final List<String> BROWSERS = List.of("Firefox", "Chrome", "Safari, mobile");

    /**
     * An event.
     *
     * @param cart a tag, of which most are numbers
     */
    record One(
            UUID id,
            long issue,
            Instant receivedAt,
            Instant occurredAt,
            String level,
            String release,
            String environment,
            String browser,
            String cart,
            Long user) {
        Double number() {
            return cart == null || !cart.matches("[-0-9.]+") ? null : Double.valueOf(cart);
        }
    }

    /** Stores events of some issues. */
    static RandomEvents store(
            DataSource database, StoredRows rows, long project, List<Long> issues, int count, long seed)
            throws SQLException {
        var random = new Random(seed);
        rows.partitions(FROM);
        rows.partitions(FROM.plus(1, ChronoUnit.DAYS));
        List<One> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Few seconds, so that many share one.
            Instant received = FROM.plusSeconds(random.nextInt(400) * 432L);
            events.add(new One(
                    new UUID(random.nextLong(), random.nextLong()),
                    issues.get(random.nextInt(issues.size())),
                    received,
                    received.minusSeconds(random.nextInt(100)),
                    LEVELS.get(random.nextInt(LEVELS.size())),
                    one(random, RELEASES),
                    one(random, List.of("production", "staging")),
                    one(random, BROWSERS),
                    switch (random.nextInt(4)) {
                        case 0 -> null;
                        case 1 -> random.nextInt(5) == 0 ? "many" : "-2.5";
                        default -> String.valueOf(random.nextInt(100));
                    },
                    random.nextInt(4) == 0 ? null : (long) random.nextInt(40)));
        }
        String sql = """
            INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, platform, title,
                                release, environment, user_hash, strategy, hash, tags, payload_json)
            VALUES (?, ?, ?, ?, gen_random_uuid(), ?, ?, 'java', ?, ?, ?, ?, 's1', '\\x01', ?::jsonb, ?)
            """;
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            for (One event : events) {
                Map<String, String> tags = new TreeMap<>();
                if (event.browser() != null) {
                    tags.put("browser", event.browser());
                }
                if (event.cart() != null) {
                    tags.put("cart", event.cart());
                }
                insert.setObject(1, event.receivedAt().atOffset(ZoneOffset.UTC));
                insert.setLong(2, project);
                insert.setObject(3, event.id());
                insert.setLong(4, event.issue());
                insert.setObject(5, event.occurredAt().atOffset(ZoneOffset.UTC));
                insert.setString(6, event.level());
                insert.setString(7, "Event of " + event.issue());
                insert.setString(8, event.release());
                insert.setString(9, event.environment());
                insert.setObject(10, event.user());
                insert.setString(11, JsonMapper.shared().writeValueAsString(tags));
                insert.setString(
                        12, event.user() == null ? "{}" : "{\"user\": {\"id\": \"%d\"}}".formatted(event.user()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return new RandomEvents(List.copyOf(events));
    }

    private static String one(Random random, List<String> values) {
        int at = random.nextInt(values.size() + 1);
        return at == values.size() ? null : values.get(at);
    }
}
