package dev.resentry.storage.delivery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Where notifications are put for sending: what a transaction decides, it adds here, and it is sent once that is committed. */
public final class DeliveryOutbox {
    /** How long a delivery is tried. */
    static final Duration TRIED = Duration.ofHours(24);

    private static final String ADD = """
            INSERT INTO deliveries (created_at, kind, target_type, target, target_key, secret, dedup_key, project_id, issue_id, rule_id,
                                    firing_id, webhook_id, content, state, expires_at, next_attempt_at)
            SELECT now(), kind, type, target, sha256(convert_to(type || ' ' || target, 'UTF8')), secret, dedup_key, project_id,
                   issue_id, rule_id, firing_id, webhook_id, content::json, 'waiting', now() + make_interval(secs => ?), now()
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
                 AS new(kind, type, target, secret, dedup_key, project_id, issue_id, rule_id, firing_id, webhook_id, content, position)
            ORDER BY position
            ON CONFLICT (dedup_key) DO NOTHING
            RETURNING id
            """;

    /** The same in every transaction, so that two which add the same do not wait for each other. */
    private static final Comparator<NewDelivery> BY_DEDUP_KEY =
            Comparator.comparing(NewDelivery::dedupKey, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final JdbcTemplate jdbc;

    public DeliveryOutbox(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Adds deliveries in the caller's transaction, and returns the ids of those that were not there already. */
    public List<Long> add(List<NewDelivery> deliveries) {
        List<Long> added = jdbc.execute((ConnectionCallback<List<Long>>) connection -> add(connection, deliveries));
        return added == null ? List.of() : added;
    }

    /** Adds deliveries in the transaction of the connection, and returns the ids of those that were not there already. */
    public static List<Long> add(Connection connection, List<NewDelivery> deliveries) throws SQLException {
        if (deliveries.isEmpty()) {
            return List.of();
        }
        List<NewDelivery> sorted = deliveries.stream().sorted(BY_DEDUP_KEY).toList();
        try (PreparedStatement insert = connection.prepareStatement(ADD)) {
            insert.setLong(1, TRIED.toSeconds());
            texts(insert, 2, sorted, delivery -> delivery.kind().wireName());
            texts(insert, 3, sorted, delivery -> delivery.type().wireName());
            texts(insert, 4, sorted, NewDelivery::target);
            texts(insert, 5, sorted, NewDelivery::secret);
            texts(insert, 6, sorted, NewDelivery::dedupKey);
            numbers(insert, 7, sorted, NewDelivery::projectId);
            numbers(insert, 8, sorted, NewDelivery::issueId);
            numbers(insert, 9, sorted, NewDelivery::ruleId);
            numbers(insert, 10, sorted, NewDelivery::firingId);
            numbers(insert, 11, sorted, NewDelivery::webhookId);
            texts(insert, 12, sorted, delivery -> delivery.content().toString());
            List<Long> added = new ArrayList<>(sorted.size());
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    added.add(rows.getLong(1));
                }
            }
            return added;
        }
    }

    private static void texts(
            PreparedStatement insert,
            int index,
            List<NewDelivery> deliveries,
            Function<NewDelivery, @Nullable String> value)
            throws SQLException {
        insert.setArray(
                index,
                insert.getConnection()
                        .createArrayOf("text", deliveries.stream().map(value).toArray()));
    }

    private static void numbers(
            PreparedStatement insert,
            int index,
            List<NewDelivery> deliveries,
            Function<NewDelivery, @Nullable Long> value)
            throws SQLException {
        insert.setArray(
                index,
                insert.getConnection()
                        .createArrayOf("int8", deliveries.stream().map(value).toArray()));
    }
}
