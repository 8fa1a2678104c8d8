package dev.resentry.storage.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.alert.AlertTarget;
import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.alert.Recipients.About;
import dev.resentry.storage.alert.Recipients.Recipient;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.rollup.RollupDatabase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told: people who may log in and see the project, and did not snooze it. */
class RecipientsIT {
    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");
    private static final AlertTarget ASSIGNEE = new AlertTarget(TargetType.ASSIGNEE, "", null, null, null);

    private static RollupDatabase database;
    private static Recipients recipients;

    @BeforeAll
    static void start() {
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        recipients = new Recipients(database.jdbc);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /** Ada and Bob are in the team of project 1, Cyd is in no team, Dan is inactive. */
    @BeforeEach
    void people() {
        database.jdbc.sql("TRUNCATE users, teams, alert_snoozes CASCADE").update();
        for (String user : List.of(
                "1, 'ada', 'member', true",
                "2, 'bob', 'member', true",
                "3, 'cyd', 'member', true",
                "4, 'dan', 'admin', false")) {
            String[] columns = user.split(", ");
            database.jdbc.sql("""
                            INSERT INTO users (id, email, name, password_hash, role, active, created_at) OVERRIDING SYSTEM VALUE
                            VALUES (%1$s, %2$s || '@example.org', %2$s, '', %3$s, %4$s, now())
                            """.formatted((Object[]) columns)).update();
        }
        database.jdbc
                .sql(
                        "INSERT INTO teams (id, slug, name, created_at) OVERRIDING SYSTEM VALUE VALUES (9, 't', 'T', now())")
                .update();
        database.jdbc
                .sql("INSERT INTO team_members VALUES (9, 1), (9, 2), (9, 4)")
                .update();
        database.jdbc.sql("INSERT INTO team_projects VALUES (9, 1)").update();
        database.jdbc
                .sql("UPDATE organization SET members_see_all_projects = true")
                .update();
    }

    private static List<String> told(AlertTarget target, @Nullable Long assignee) {
        return recipients.of(target, new About(1, 5, 7, assignee, "CYD@example.org", NOW)).stream()
                .map(Recipient::email)
                .toList();
    }

    private static AlertTarget target(TargetType type, String value) {
        return new AlertTarget(type, value, null, null, null);
    }

    @Test
    void aUserOrTheMembersOfATeamAreTold() {
        assertThat(told(target(TargetType.USER, "3"), null)).containsExactly("cyd@example.org");
        assertThat(told(target(TargetType.USER, "4"), null)).as("inactive").isEmpty();
        assertThat(told(target(TargetType.TEAM, "9"), null)).containsExactly("ada@example.org", "bob@example.org");
        assertThat(told(target(TargetType.EMAIL, "x@example.org"), null)).isEmpty();
    }

    @Test
    void theAssigneeIsToldElseTheTeamsElseTheAuthor() {
        assertThat(told(ASSIGNEE, 2L)).containsExactly("bob@example.org");
        assertThat(told(ASSIGNEE, null)).containsExactly("ada@example.org", "bob@example.org");
        assertThat(told(ASSIGNEE, 4L)).containsExactly("ada@example.org", "bob@example.org");

        database.jdbc.sql("DELETE FROM team_projects").update();
        assertThat(told(ASSIGNEE, null)).containsExactly("cyd@example.org");
    }

    @Test
    void whoDoesNotSeeTheProjectIsNotTold() {
        database.jdbc
                .sql("UPDATE organization SET members_see_all_projects = false")
                .update();

        assertThat(told(target(TargetType.USER, "3"), null)).isEmpty();
        assertThat(told(target(TargetType.USER, "1"), null)).containsExactly("ada@example.org");
    }

    @Test
    void whoSnoozedIsNotToldAndNotReplaced() {
        database.jdbc.sql("""
                        INSERT INTO alert_snoozes (project_id, rule_id, issue_id, user_id, until, created_by, created_at)
                        VALUES (1, 0, 7, 2, 'infinity', 'bob', now()), (1, 5, 0, 1, '2026-05-06 07:00Z', 'ada', now())
                        """).update();

        assertThat(told(ASSIGNEE, 2L)).isEmpty();
        assertThat(told(target(TargetType.TEAM, "9"), null)).containsExactly("ada@example.org");
    }
}
