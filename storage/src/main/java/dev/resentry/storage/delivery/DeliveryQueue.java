package dev.resentry.storage.delivery;

import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.delivery.DeliveryResult.Attempt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What waits to be sent, shared by all who send. A delivery is held by a lease while it is sent, without a transaction. One who dies
 * with it in hand leaves it to the next, who cannot know whether it was sent: each is sent at least once, and
 * twice only then, or if its answer did not come in time.
 *
 * <p>A target gets one at a time and in the order in which they are due, so that one which is slow takes one place of those who send,
 * and what its rate, its wish for a pause and its failures hold back, is held back by all. Measured by the database's clock.
 */
public final class DeliveryQueue {
    private static final int SWEPT = 500;

    /**
     * Leaps from target to target; takes the oldest of each that is free; then holds the targets, unless another was first. A target may
     * have said that it is gone since what waits for such was suppressed.
     */
    private static final String CLAIM = """
            WITH RECURSIVE targets(key) AS (
                (SELECT target_key FROM deliveries WHERE state = 'waiting' ORDER BY target_key LIMIT 1)
                UNION ALL
                SELECT (SELECT target_key FROM deliveries WHERE state = 'waiting' AND target_key > targets.key
                        ORDER BY target_key LIMIT 1)
                FROM targets WHERE key IS NOT NULL),
            heads AS (
                SELECT head.id
                FROM targets
                CROSS JOIN LATERAL (
                    SELECT id, next_attempt_at, kind FROM deliveries
                    WHERE state = 'waiting' AND target_key = targets.key AND next_attempt_at <= now()
                    ORDER BY next_attempt_at, id LIMIT 1) AS head
                WHERE NOT EXISTS (SELECT FROM delivery_targets t
                                  WHERE t.key = targets.key
                                    AND (t.held_until > now() OR (t.gone_at IS NOT NULL AND head.kind <> 'test')))
                ORDER BY head.next_attempt_at, head.id
                LIMIT :limit),
            locked AS (
                SELECT id, target_key FROM deliveries
                WHERE id = ANY (ARRAY(SELECT id FROM heads)) AND state = 'waiting' AND next_attempt_at <= now()
                ORDER BY target_key
                FOR UPDATE SKIP LOCKED),
            held AS (
                INSERT INTO delivery_targets AS t (key, held_until, lease_owner, taken_until, used_at)
                SELECT target_key, now() + make_interval(secs => :lease), :owner, now() + interval '1 second', now()
                FROM locked ORDER BY target_key
                ON CONFLICT (key) DO UPDATE
                SET held_until = excluded.held_until, lease_owner = excluded.lease_owner, used_at = excluded.used_at,
                    taken_until = greatest(t.taken_until, now()) + interval '1 second'
                WHERE t.held_until <= now()
                RETURNING key)
            UPDATE deliveries d
            SET attempts = attempts + 1, attempted_at = now(), lease_owner = :owner,
                next_attempt_at = now() + make_interval(secs => :lease)
            FROM locked JOIN held ON held.key = locked.target_key
            WHERE d.id = locked.id
            RETURNING d.id, d.created_at, d.kind, d.target_type, d.target, d.secret, d.project_id, d.content::text AS content, d.attempts
            """;

    /** Of mails nothing is kept but what they were about: they hold links that let people in. */
    private static final String KEPT =
            "content = CASE kind WHEN 'mail' THEN json_build_object('subject', content -> 'subject') ELSE content END";

    private static final String SUPPRESS = """
            UPDATE deliveries SET state = 'suppressed', finished_at = now(), lease_owner = NULL, %s,
                                  last_error = 'not sent: the target answered 410 Gone to an earlier one'
            WHERE id = ANY (ARRAY(
                SELECT d.id FROM delivery_targets t JOIN deliveries d ON d.target_key = t.key
                WHERE t.gone_at IS NOT NULL AND d.state = 'waiting' AND d.next_attempt_at <= now() AND d.kind <> 'test'
                ORDER BY d.id LIMIT :rows FOR UPDATE OF d SKIP LOCKED))
            """.formatted(KEPT);

    private static final String GIVE_UP = """
            UPDATE deliveries SET state = 'dead', finished_at = now(), lease_owner = NULL, %s,
                                  last_error = coalesce(last_error, 'not sent in time')
            WHERE id = ANY (ARRAY(
                SELECT id FROM deliveries
                WHERE state = 'waiting' AND expires_at <= now() AND (lease_owner IS NULL OR next_attempt_at <= now())
                ORDER BY id LIMIT :rows FOR UPDATE SKIP LOCKED))
            """.formatted(KEPT);

    private static final String ATTEMPT = """
            lease_owner = NULL, last_status = :status, last_answer = :answer, last_error = :error, request = :request
            WHERE id = :id AND state = 'waiting' AND lease_owner = :owner AND attempts = :attempts
            """;

    private static final String END =
            "UPDATE deliveries SET state = :state, finished_at = now(), " + KEPT + ", " + ATTEMPT;

    private static final String AGAIN =
            """
            UPDATE deliveries
            SET state = CASE WHEN %1$s THEN 'dead' ELSE state END, finished_at = CASE WHEN %1$s THEN now() END,
                content = CASE WHEN %1$s AND kind = 'mail' THEN json_build_object('subject', content -> 'subject') ELSE content END,
                attempts = attempts - :uncounted, next_attempt_at = now() + make_interval(secs => :pause),
            """.formatted("(attempts - :uncounted >= :most OR now() + make_interval(secs => :pause) >= expires_at)")
                    + ATTEMPT;

    /** From when on its rate allows the next one: chats take one a second, others thirty at once and then one a second. */
    private static final String BY_RATE = "taken_until - make_interval(secs => :ahead)";

    private static final String LET_GO =
            " WHERE key = sha256(convert_to(:type || ' ' || :target, 'UTF8')) AND lease_owner = :owner";

    private static final String WELL =
            "UPDATE delivery_targets SET lease_owner = NULL, failures = 0, gone_at = NULL, held_until = " + BY_RATE
                    + LET_GO;

    private static final String UNCHANGED =
            "UPDATE delivery_targets SET lease_owner = NULL, held_until = " + BY_RATE + LET_GO;

    private static final String FAILED = """
            UPDATE delivery_targets
            SET lease_owner = NULL, failures = failures + 1,
                held_until = CASE WHEN failures + 1 >= :failures THEN now() + make_interval(secs => :rest) ELSE %s END
            """.formatted(BY_RATE) + LET_GO;

    private static final String PAUSED =
            "UPDATE delivery_targets SET lease_owner = NULL, held_until = now() + make_interval(secs => :pause)"
                    + LET_GO;

    private static final String GONE =
            "UPDATE delivery_targets SET lease_owner = NULL, gone_at = now(), held_until = " + BY_RATE + LET_GO;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DeliveryRetries retries;

    public DeliveryQueue(JdbcTemplate jdbc, PlatformTransactionManager transactions, DeliveryRetries retries) {
        this.jdbc = JdbcClient.create(jdbc);
        this.transaction = new TransactionTemplate(transactions);
        this.retries = retries;
    }

    /**
     * Takes deliveries that are due, of as many targets.
     *
     * @param lease how long they are the owner's; long enough to send them
     */
    public List<ClaimedDelivery> claim(String owner, int limit, Duration lease) {
        jdbc.sql(SUPPRESS).param("rows", SWEPT).update();
        return jdbc.sql(CLAIM)
                .param("owner", owner)
                .param("limit", limit)
                .param("lease", seconds(lease))
                .query((row, _) -> claimed(row, owner))
                .list();
    }

    /** Whether anything waits to be sent, also for its time. */
    public boolean isAnyWaiting() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM deliveries WHERE state = 'waiting')")
                .query(Boolean.class)
                .single();
    }

    /** Gives up what could not be sent in time. */
    public int giveUpExpired() {
        return jdbc.sql(GIVE_UP).param("rows", SWEPT).update();
    }

    /**
     * Notes what came of sending.
     *
     * @return false if somebody else has taken the delivery since
     */
    public boolean finish(ClaimedDelivery delivery, DeliveryResult result) {
        return Boolean.TRUE.equals(transaction.execute(_ -> switch (result) {
            case DeliveryResult.Delivered _ -> end(delivery, DeliveryState.DELIVERED, result.attempt(), WELL);
            case DeliveryResult.Refused _ -> end(delivery, DeliveryState.DEAD, result.attempt(), UNCHANGED);
            case DeliveryResult.Gone _ -> end(delivery, DeliveryState.DEAD, result.attempt(), GONE);
            case DeliveryResult.Failed _ ->
                again(delivery, result.attempt(), retries.pauseAfter(delivery.attempts()), 0, FAILED);
            case DeliveryResult.Postponed postponed -> again(delivery, result.attempt(), postponed.pause(), 1, PAUSED);
        }));
    }

    private boolean end(ClaimedDelivery delivery, DeliveryState state, Attempt attempt, String target) {
        boolean held = attempted(END, delivery, attempt)
                        .param("state", state.wireName())
                        .update()
                == 1;
        if (held) {
            letGo(target, delivery, Duration.ZERO);
        }
        return held;
    }

    private boolean again(ClaimedDelivery delivery, Attempt attempt, Duration pause, int uncounted, String target) {
        boolean held = attempted(AGAIN, delivery, attempt)
                        .param("uncounted", uncounted)
                        .param("pause", seconds(pause))
                        .param("most", retries.attempts())
                        .update()
                == 1;
        if (held) {
            letGo(target, delivery, pause);
        }
        return held;
    }

    private JdbcClient.StatementSpec attempted(String sql, ClaimedDelivery delivery, Attempt attempt) {
        return jdbc.sql(sql)
                .param("id", delivery.id())
                .param("owner", delivery.owner())
                .param("attempts", delivery.attempts())
                .param("status", attempt.status())
                .param("answer", attempt.answer().replace('\0', ' '))
                .param("error", attempt.error() == null ? null : attempt.error().replace('\0', ' '))
                .param("request", attempt.request().replace('\0', ' '));
    }

    private void letGo(String sql, ClaimedDelivery delivery, Duration pause) {
        jdbc.sql(sql)
                .param("type", delivery.type().wireName())
                .param("target", delivery.target())
                .param("owner", delivery.owner())
                .param("ahead", ahead(delivery.type()))
                .param("failures", retries.failures())
                .param("rest", seconds(retries.rest()))
                .param("pause", seconds(pause))
                .update();
    }

    private static int ahead(TargetType type) {
        return switch (type) {
            case SLACK, MATTERMOST, DISCORD, MS_TEAMS -> 0;
            case EMAIL, USER, TEAM, ASSIGNEE, WEBHOOK, SENTRY_WEBHOOK, SENTRY_PLUGIN -> 30;
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static ClaimedDelivery claimed(ResultSet row, String owner) throws SQLException {
        long project = row.getLong("project_id");
        Long projectId = row.wasNull() ? null : project;
        return new ClaimedDelivery(
                row.getLong("id"),
                owner,
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                DeliveryKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                TargetType.valueOf(row.getString("target_type").toUpperCase(Locale.ROOT)),
                row.getString("target"),
                row.getString("secret"),
                projectId,
                row.getString("content"),
                row.getInt("attempts"));
    }
}
