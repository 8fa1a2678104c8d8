package dev.resentry.storage.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.issue.IssueRemoval;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A deletion knows every table: one that a migration adds is missing here until it is dealt with. */
class DeletedTablesIT {
    private static final Pattern DELETED = Pattern.compile("DELETE FROM (\\w+)");

    private static HikariDataSource pool;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        pool = DatabaseConfiguration.pool(new DatabaseSettings(
                TestServers.shared().newDatabaseUrl(),
                "",
                1,
                "",
                "",
                "",
                2,
                Duration.ofSeconds(5),
                Environment.DEVELOPMENT));
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void theDeletionOfAProjectCoversEveryTableWithRowsOfProjects() {
        Set<String> covered = new TreeSet<>();
        ProjectDeletion.STATEMENTS.forEach(
                statement -> DELETED.matcher(statement).results().forEach(table -> covered.add(table.group(1))));
        // Keys, settings and what teams have of it go with their project; its outbox tells gateways that it is gone.
        covered.addAll(List.of(
                "alert_rules",
                "alert_snoozes",
                "alert_storms",
                "project_keys",
                "project_outbox",
                "project_processing",
                "project_repositories",
                "project_usual_rates",
                "team_projects",
                // What came of a source goes with it.
                "alert_sources",
                "webhooks"));
        // Are found by their regroup; what else is below it goes with it.
        covered.removeAll(List.of("regrouped_events", "regroup_groups", "repaired_issues"));
        // Are found by their check.
        covered.removeAll(List.of("uptime_results", "uptime_hours"));
        // Are found by the environment of their monitor.
        covered.remove("check_ins");

        assertThat(covered).isEqualTo(tablesWith("project_id"));
    }

    @Test
    void theRemovalOfAnIssueCoversEveryTableWithRowsOfIssues() {
        Set<String> covered = new TreeSet<>(IssueRemoval.TABLES);
        // An issue with events is not removed, or has a job remove them; hashes go with it, and what was merged into
        // it; recounts
        // and rebuilding find no issue.
        covered.addAll(List.of(
                "events", "issue_hashes", "pending_recounts", "replay_touched", "deleted_issues", "merged_issues"));
        // That a rule fired stays known.
        covered.add("alert_firings");
        // A regroup tells what was, and is not undone for issues that people have removed since.
        covered.addAll(List.of(
                "regroup_groups",
                "regroup_changes",
                "regrouped_events",
                "regrouped_hashes",
                "regrouped_issues",
                "repaired_issues"));

        assertThat(covered).isEqualTo(tablesWith("issue_id"));
    }

    private static Set<String> tablesWith(String column) {
        return new TreeSet<>(
                jdbc.sql("""
                        SELECT table_name FROM information_schema.columns c
                        WHERE table_schema = current_schema() AND column_name = :column
                          AND NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(quote_ident(c.table_name)))
                        """).param("column", column).query(String.class).list());
    }
}
