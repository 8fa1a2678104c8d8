package dev.resentry.storage.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ProjectProcessingStoreIT {
    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static ProjectProcessingStore store;

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
        store = new ProjectProcessingStore(jdbc);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void aChangeCountsOnlyOnTopOfTheRevisionThatItNames() {
        long project = project("revisions");

        assertThat(store.find(project)).isEmpty();
        assertThat(store.replaceScrub(project, "{\"a\": 1}", 1, "jane@example.com"))
                .isEmpty();
        assertThat(store.replaceScrub(project, "{\"a\": 1}", 0, "jane@example.com"))
                .hasValueSatisfying(first -> assertThat(first.revision()).isEqualTo(1));
        assertThat(store.replaceScrub(project, "{\"a\": 2}", 0, "bob@example.com"))
                .isEmpty();
        assertThat(store.replaceScrub(project, "{\"a\": 3}", 1, "bob@example.com"))
                .isPresent();
        assertThat(store.find(project)).hasValueSatisfying(last -> {
            assertThat(last.revision()).isEqualTo(2);
            assertThat(last.scrubJson()).isEqualTo("{\"a\": 3}");
            assertThat(last.updatedBy()).isEqualTo("bob@example.com");
            assertThat(last.fingerprintRules()).isNull();
        });
    }

    @Test
    void tellsWhatWasChangedSinceATime() {
        Instant before = Instant.now();
        long first = project("first");
        long second = project("second");
        store.replaceScrub(first, "{}", 0, "jane@example.com");
        Instant between = store.replaceScrub(second, "{}", 0, "jane@example.com")
                .orElseThrow()
                .updatedAt();

        assertThat(store.changedSince(before))
                .extracting(ProjectProcessing::projectId)
                .contains(first, second);
        assertThat(store.changedSince(between))
                .extracting(ProjectProcessing::projectId)
                .contains(second)
                .doesNotContain(first);
    }

    @Test
    void filtersAreReplacedWithoutTheOtherSettings() {
        long project = project("filters");

        assertThat(store.replaceFilters(project, "{\"localhost\": true}", 0, "jane@example.com"))
                .hasValueSatisfying(first -> assertThat(first.scrubJson()).isEqualTo("{}"));
        store.replaceScrub(project, "{\"a\": 1}", 1, "jane@example.com");
        assertThat(store.replaceFilters(project, "{}", 1, "jane@example.com")).isEmpty();

        assertThat(store.find(project)).hasValueSatisfying(last -> {
            assertThat(last.filtersJson()).isEqualTo("{\"localhost\": true}");
            assertThat(last.scrubJson()).isEqualTo("{\"a\": 1}");
            assertThat(last.revision()).isEqualTo(2);
        });
    }

    @Test
    void settingsGoWithTheirProject() {
        long project = project("gone");
        store.replaceScrub(project, "{}", 0, "jane@example.com");

        jdbc.sql("DELETE FROM projects WHERE id = :id").param("id", project).update();

        assertThat(store.find(project)).isEmpty();
    }

    private static long project(String slug) {
        return jdbc.sql("INSERT INTO projects (slug, name, status, revision, created_at, updated_at)"
                        + " VALUES (:slug, :slug, 'active', 1, now(), now()) RETURNING id")
                .param("slug", slug)
                .query(Long.class)
                .single();
    }
}
