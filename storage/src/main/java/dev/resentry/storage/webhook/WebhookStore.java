package dev.resentry.storage.webhook;

import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.delivery.DeliveryState;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks. Changes join the caller's transaction. */
public final class WebhookStore {
    /** How many there are at most of a project, and of all projects together. */
    public static final int MOST = 50;

    private static final String SELECT = """
            SELECT w.id, w.project_id, w.url, w.form, w.secret, w.events, w.enabled, w.created_by, w.created_at,
                   d.id AS last_id, d.state AS last_state, d.created_at AS last_at
            FROM webhooks w
            LEFT JOIN LATERAL (SELECT id, state, created_at FROM deliveries
                               WHERE webhook_id = w.id ORDER BY id DESC LIMIT 1) d ON true
            """;

    /** For those who tell webhooks, to whom it is of no use what became of it. */
    private static final String SUBSCRIBED = """
            SELECT id, project_id, url, form, secret, events, enabled, created_by, created_at,
                   NULL::bigint AS last_id, NULL::text AS last_state, NULL::timestamptz AS last_at
            FROM webhooks
            WHERE enabled AND (project_id IS NULL OR project_id = ANY (:projects))
            ORDER BY id
            """;

    private static final String ADD = """
            INSERT INTO webhooks (project_id, url, form, secret, events, enabled, created_by, created_at)
            SELECT :project::bigint, :url, :form, :secret, :events::text[], :enabled, :by, now()
            WHERE (SELECT count(*) FROM webhooks WHERE project_id IS NOT DISTINCT FROM :project::bigint) < :most
            RETURNING id
            """;

    private static final String CHANGE = """
            UPDATE webhooks SET url = :url, form = :form, events = :events::text[], enabled = :enabled WHERE id = :id
            """;

    private final JdbcClient jdbc;

    public WebhookStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What people say of a webhook. */
    public record Details(String url, WebhookFormat form, Set<WebhookEvent> events, boolean enabled) {
        public Details {
            events = Set.copyOf(events);
        }

        private String[] words() {
            return events.stream().sorted().map(WebhookEvent::wireName).toArray(String[]::new);
        }
    }

    /** Adds a webhook; empty if there are {@link #MOST} already. */
    public Optional<Long> add(@Nullable Long projectId, Details details, String secret, String by) {
        return jdbc.sql(ADD)
                .param("project", projectId)
                .param("url", details.url())
                .param("form", details.form().wireName())
                .param("secret", secret)
                .param("events", details.words())
                .param("enabled", details.enabled())
                .param("by", by)
                .param("most", MOST)
                .query(Long.class)
                .optional();
    }

    /** Changes a webhook; its secret stays. */
    public void change(long id, Details details) {
        jdbc.sql(CHANGE)
                .param("id", id)
                .param("url", details.url())
                .param("form", details.form().wireName())
                .param("events", details.words())
                .param("enabled", details.enabled())
                .update();
        suppressWaiting(id, details.enabled() ? details.url() : null);
    }

    /** What waits for a receiver that is not to be told any more is not sent; what is under way just now is. */
    private void suppressWaiting(long id, @Nullable String url) {
        jdbc.sql("""
                        UPDATE deliveries
                        SET state = 'suppressed', finished_at = now(), last_error = 'not sent: the webhook was changed'
                        WHERE webhook_id = :id AND state = 'waiting' AND lease_owner IS NULL
                          AND (:url::text IS NULL OR target <> :url::text)
                        """).param("id", id).param("url", url).update();
    }

    public void remove(long id) {
        suppressWaiting(id, null);
        jdbc.sql("DELETE FROM webhooks WHERE id = :id").param("id", id).update();
    }

    public Optional<Webhook> find(long id) {
        return jdbc.sql(SELECT + "WHERE w.id = :id")
                .param("id", id)
                .query((row, _) -> webhook(row))
                .optional();
    }

    /** Those of projects; those of all projects only for who sees all. */
    public List<Webhook> list(VisibleProjects visible, @Nullable Long projectId) {
        return jdbc.sql(visible.in(SELECT + """
                        WHERE (:project::bigint IS NULL OR w.project_id = :project::bigint) {visible}
                        ORDER BY w.id
                        """, "w.project_id"))
                .param("project", projectId)
                .param("visible", visible.parameter())
                .query((row, _) -> webhook(row))
                .list();
    }

    /** Those that are told of some projects. */
    public List<Webhook> subscribed(Collection<Long> projectIds) {
        return jdbc.sql(SUBSCRIBED)
                .param("projects", projectIds.toArray(Long[]::new))
                .query((row, _) -> webhook(row))
                .list();
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        return new Webhook(
                row.getLong("id"),
                row.getObject("project_id", Long.class),
                row.getString("url"),
                WebhookFormat.of(row.getString("form")).orElseThrow(),
                row.getString("secret"),
                events(row.getArray("events")),
                row.getBoolean("enabled"),
                row.getString("created_by"),
                at(row, "created_at"),
                last(row));
    }

    private static Webhook.@Nullable Last last(ResultSet row) throws SQLException {
        String state = row.getString("last_state");
        return state == null
                ? null
                : new Webhook.Last(
                        row.getLong("last_id"),
                        DeliveryState.valueOf(state.toUpperCase(Locale.ROOT)),
                        at(row, "last_at"));
    }

    /** A later version may know more events than this one. */
    private static Set<WebhookEvent> events(Array words) throws SQLException {
        return Arrays.stream((String[]) words.getArray())
                .flatMap(word -> WebhookEvent.of(word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
