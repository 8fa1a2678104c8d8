package dev.resentry.storage.notification;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of what people want to be told by mail. */
public final class NotificationSettings {
    private static final String SAVE = """
            INSERT INTO notification_settings (user_id, kind, enabled) VALUES (:user, :kind, :enabled)
            ON CONFLICT (user_id, kind) DO UPDATE SET enabled = excluded.enabled
            """;

    private final JdbcClient jdbc;

    public NotificationSettings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A condition: whether the user whose id is in a column wants to be told of a kind. */
    public static String wants(String userId, NotificationKind kind) {
        return "NOT EXISTS (SELECT FROM notification_settings ns WHERE ns.user_id = %s AND ns.kind = '%s' AND NOT ns.enabled)"
                .formatted(userId, kind.wireName());
    }

    /** Those of some users who want to be told of a kind. */
    public Set<Long> wants(Collection<Long> userIds, NotificationKind kind) {
        return Set.copyOf(jdbc.sql("SELECT u.id FROM users u WHERE u.id = ANY (:ids) AND " + wants("u.id", kind))
                .param("ids", userIds.toArray(Long[]::new))
                .query(Long.class)
                .list());
    }

    /** All that somebody has set or left as it is. */
    public Map<NotificationKind, Boolean> of(long userId) {
        Map<NotificationKind, Boolean> settings = new EnumMap<>(NotificationKind.class);
        for (NotificationKind kind : NotificationKind.values()) {
            settings.put(kind, true);
        }
        jdbc.sql("SELECT kind, enabled FROM notification_settings WHERE user_id = :user")
                .param("user", userId)
                .query(row -> {
                    boolean enabled = row.getBoolean(2);
                    NotificationKind.of(row.getString(1)).ifPresent(kind -> settings.put(kind, enabled));
                });
        return settings;
    }

    /** Sets what is given, in the caller's transaction, and leaves the rest. */
    public void save(long userId, Map<NotificationKind, Boolean> settings) {
        settings.forEach((kind, enabled) -> jdbc.sql(SAVE)
                .param("user", userId)
                .param("kind", kind.wireName())
                .param("enabled", enabled)
                .update());
    }
}
