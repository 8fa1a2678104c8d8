package dev.resentry.processor.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.processor.RunningProcessor;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a project decides holds for what is processed from then on. */
@Timeout(120)
class ProjectRulesIT {
    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void changedRulesHoldWithinSeconds() {
        long project = processor
                .jdbc()
                .sql("SELECT min(id) FROM projects")
                .query(Long.class)
                .single();
        assertThat(storedAs("before")).contains("\"customer\": \"C-1\"");

        processor.jdbc().sql("""
                        INSERT INTO project_processing (project_id, scrub, fingerprint_rules, updated_at, updated_by)
                        VALUES (:project, '{"fields": ["customer"]}', 'type:Boom -> one-issue', clock_timestamp(), 'ann')
                        """).param("project", project).update();

        await("the rule holds")
                .atMost(Duration.ofSeconds(60))
                .until(() -> storedAs("some").contains("\"customer\": \"[Filtered]\""));
        storedAs("others");
        List<String> issues = processor
                .jdbc()
                .sql("SELECT DISTINCT issue_id::text FROM events WHERE payload::text LIKE '%Filtered%'")
                .query(String.class)
                .list();
        assertThat(issues).as("whatever their messages").hasSize(1);
    }

    /** The payload of an event as it is stored. */
    private static String storedAs(String value) {
        String id = UUID.randomUUID().toString();
        try {
            processor.send("""
                    {"event_id":"%s"}
                    {"type":"event"}
                    {"exception":{"values":[{"type":"Boom","value":"%s"}]},"extra":{"customer":"C-1"}}
                    """.formatted(id.replace("-", ""), value));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        String events = "events WHERE event_id = '%s'".formatted(id);
        await().atMost(Duration.ofSeconds(60)).until(() -> processor.count(events) == 1);
        return processor
                .jdbc()
                .sql("SELECT payload::text FROM " + events)
                .query(String.class)
                .single();
    }
}
