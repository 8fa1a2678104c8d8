package dev.resentry.storage.notification;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whom something that happened to an issue concerns: people who may see its project, want to be told, and did not do it themselves. */
public final class ConcernedPeople {
    private static final String IS_ASSIGNEE = "u.id = (SELECT assignee_id FROM issues WHERE id = :issue)";

    /** Who resolved it is who changed its status last before it came back. */
    private static final String RESOLVED_IT = """
            u.id = (SELECT actor_id FROM issue_activities
                    WHERE issue_id = :issue AND kind = 'status' AND data ->> 'to' = 'resolved' ORDER BY id DESC LIMIT 1)
            """;

    private static final String COMMENTED = """
            EXISTS (SELECT FROM issue_activities a WHERE a.issue_id = :issue AND a.kind = 'comment' AND a.actor_id = u.id)
            """;

    private final JdbcClient jdbc;

    public ConcernedPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Somebody with an address. */
    public record Person(long id, String email, String name) {}

    /**
     * What happened.
     *
     * @param by the e-mail address of who did it; null for nobody
     */
    public record About(
            long projectId, long issueId, @Nullable String by) {}

    public List<Person> assignee(About about) {
        return people(NotificationKind.ASSIGNED, IS_ASSIGNEE, about);
    }

    /** Whose the issue is, and who resolved it. */
    public List<Person> ofRegression(About about) {
        return people(NotificationKind.REGRESSION, "(%s OR %s)".formatted(IS_ASSIGNEE, RESOLVED_IT), about);
    }

    /** Whose the issue is, and who commented on it. */
    public List<Person> ofComment(About about) {
        return people(NotificationKind.COMMENTS, "(%s OR %s)".formatted(IS_ASSIGNEE, COMMENTED), about);
    }

    /** Whom a comment names: an {@code @}, and behind it the address, what stands in front of its {@code @}, or the name. */
    public List<Person> mentioned(String comment, About about) {
        String text = comment.toLowerCase(Locale.ROOT);
        return text.indexOf('@') < 0
                ? List.of()
                : people(NotificationKind.MENTIONED, "true", about).stream()
                        .filter(person -> isNamed(text, person.email())
                                || isNamed(text, person.email().split("@", 2)[0])
                                || isNamed(text, person.name()))
                        .toList();
    }

    private static boolean isNamed(String text, String name) {
        String wanted = "@" + name.strip().toLowerCase(Locale.ROOT);
        if (wanted.length() < 2) {
            return false;
        }
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
            int end = at + wanted.length();
            boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            if (begins && ends(text, end)) {
                return true;
            }
        }
        return false;
    }

    /** A full stop may end a sentence; before a letter it is a part of a longer name. */
    private static boolean ends(String text, int end) {
        if (end == text.length()) {
            return true;
        }
        char next = text.charAt(end);
        boolean joins = next == '.' || next == '-' || next == '_' || next == '@' || next == '+';
        return joins
                ? end + 1 == text.length() || !Character.isLetterOrDigit(text.charAt(end + 1))
                : !Character.isLetterOrDigit(next);
    }

    private List<Person> people(NotificationKind kind, String who, About about) {
        return jdbc.sql("""
                        SELECT u.id, u.email, u.name FROM users u
                        WHERE u.active AND lower(u.email) <> lower(coalesce(:by::text, '')) AND %s
                          AND (u.role IN ('owner', 'admin')
                               OR (SELECT members_see_all_projects FROM organization)
                               OR EXISTS (SELECT FROM team_members m JOIN team_projects p ON p.team_id = m.team_id
                                          WHERE m.user_id = u.id AND p.project_id = :project))
                          AND %s
                        ORDER BY u.id
                        """.formatted(who, NotificationSettings.wants("u.id", kind)))
                .param("by", about.by())
                .param("project", about.projectId())
                .param("issue", about.issueId())
                .query((row, _) -> new Person(row.getLong(1), row.getString(2), row.getString(3)))
                .list();
    }
}
