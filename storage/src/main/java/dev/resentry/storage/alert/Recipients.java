package dev.resentry.storage.alert;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.storage.notification.NotificationKind;
import dev.resentry.storage.notification.NotificationSettings;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whom the targets of a rule mean: people who may log in and see the project, and who want to be told. */
public final class Recipients {
    private static final String SELECT = """
            SELECT u.id, u.email FROM users u
            WHERE u.active AND %%s
              AND (u.role IN ('owner', 'admin')
                   OR (SELECT members_see_all_projects FROM organization)
                   OR EXISTS (SELECT FROM team_members m JOIN team_projects p ON p.team_id = m.team_id
                              WHERE m.user_id = u.id AND p.project_id = :project))
              AND %s
            ORDER BY u.id
            """.formatted(wants());

    private static final String USER = SELECT.formatted("u.id = :id");

    private static final String TEAM =
            SELECT.formatted("EXISTS (SELECT FROM team_members t WHERE t.user_id = u.id AND t.team_id = :id)");

    private static final String OF_PROJECT = SELECT.formatted("""
            EXISTS (SELECT FROM team_members t JOIN team_projects o ON o.team_id = t.team_id
                    WHERE t.user_id = u.id AND o.project_id = :project)""");

    private static final String AUTHOR = SELECT.formatted("lower(u.email) = lower(:author)");

    private static final String IS_THERE = "SELECT EXISTS (SELECT FROM users WHERE id = :id AND active)";

    private final JdbcClient jdbc;

    public Recipients(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody with an address. */
    public record Recipient(long userId, String email) {}

    /**
     * What a firing is about.
     *
     * @param issueId 0 for the project
     * @param assigneeId whose the issue is; null for nobody
     */
    public record About(
            long projectId,
            long ruleId,
            long issueId,
            @Nullable Long assigneeId,
            String author,
            Instant at) {}

    /** The people whom a target means, each once; none for an address or a URL, which are nobody. */
    public List<Recipient> of(AlertTarget target, About about) {
        return switch (target.type()) {
            case USER -> people(USER, Long.parseLong(target.value()), about);
            case TEAM -> people(TEAM, Long.parseLong(target.value()), about);
            case ASSIGNEE -> responsible(about);
            case EMAIL, WEBHOOK, SENTRY_WEBHOOK, SENTRY_PLUGIN, SLACK, MATTERMOST, DISCORD, MS_TEAMS -> List.of();
        };
    }

    /** The assignee, else the members of the project's teams, else who made the rule. One who does not want it is not replaced. */
    private List<Recipient> responsible(About about) {
        Long assignee = about.assigneeId();
        if (assignee != null
                && jdbc.sql(IS_THERE).param("id", assignee).query(Boolean.class).single()) {
            return people(USER, assignee, about);
        }
        boolean hasTeam = jdbc.sql("""
                        SELECT EXISTS (SELECT FROM team_projects p JOIN team_members m ON m.team_id = p.team_id
                                       JOIN users u ON u.id = m.user_id AND u.active WHERE p.project_id = :project)
                        """)
                .param("project", about.projectId())
                .query(Boolean.class)
                .single();
        return people(hasTeam ? OF_PROJECT : AUTHOR, 0, about);
    }

    private List<Recipient> people(String sql, long id, About about) {
        return jdbc.sql(sql)
                .param("id", id)
                .param("author", about.author())
                .param("project", about.projectId())
                .param("rule", about.ruleId())
                .param("issue", about.issueId())
                .param("at", about.at().atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Recipient(row.getLong(1), row.getString(2)))
                .list();
    }

    /** Whether user {@code u} wants to be told: who wants no alerts does not, nor who snoozed the rule or the issue. */
    private static String wants() {
        return NotificationSettings.wants("u.id", NotificationKind.ALERTS) + """
                 AND NOT EXISTS (SELECT FROM alert_snoozes s
                            WHERE s.project_id = :project AND s.rule_id IN (0, :rule) AND s.issue_id IN (0, :issue)
                              AND s.user_id = u.id AND s.until > :at)""";
    }
}
