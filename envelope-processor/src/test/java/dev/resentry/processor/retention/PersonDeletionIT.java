package dev.resentry.processor.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.storage.deletion.DeletionReport;
import dev.resentry.storage.deletion.TopicCopy;
import dev.resentry.storage.ingest.BatchResult;
import dev.resentry.storage.job.JobRunner;
import dev.resentry.storage.job.JobState;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.person.PersonDeletion;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.secret.SecretStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One person's data goes from everywhere, and what brings it again is left out. */
@Timeout(120)
class PersonDeletionIT {
    private static final String ANN = "\"user\":{\"id\":\"42\",\"email\":\"Ann@Example.com\"}";
    private static final String BOB = "\"user\":{\"id\":\"43\",\"email\":\"bob@example.com\"}";

    private static KeptData data;
    private static Instant now;

    @BeforeAll
    static void start() {
        data = new KeptData();
        now = Instant.now();
    }

    @AfterAll
    static void stop() {
        data.close();
    }

    @Test
    void allOfAPersonGoesAndDoesNotComeBack() {
        UUID retried = UUID.randomUUID();
        List<KeptData.Sent> anns = List.of(
                data.sent(now.minus(3, ChronoUnit.DAYS), envelope(retried, "shared", ANN)),
                data.sent(now.minus(2, ChronoUnit.DAYS), envelope(retried, "shared", ANN)),
                data.sent(now.minus(1, ChronoUnit.HOURS), envelope(UUID.randomUUID(), "only hers", ANN)),
                data.sent(now.minus(1, ChronoUnit.HOURS), transaction(now, ANN)),
                data.sent(
                        now.minus(1, ChronoUnit.HOURS),
                        "{}\n{\"type\":\"user_report\"}\n{\"email\":\"ann@example.com\",\"comments\":\"It broke\"}\n"),
                data.sent(now.minus(1, ChronoUnit.HOURS), log("ann@example.com")));
        List<KeptData.Sent> others = List.of(
                data.sent(now.minus(3, ChronoUnit.DAYS), envelope(UUID.randomUUID(), "shared", BOB)),
                data.sent(now.minus(1, ChronoUnit.HOURS), transaction(now, BOB)),
                data.sent(
                        now.minus(1, ChronoUnit.HOURS),
                        "{}\n{\"type\":\"user_report\"}\n{\"email\":\"ann@example.org\",\"comments\":\"Mine too\"}\n"),
                data.sent(now.minus(1, ChronoUnit.HOURS), log("bob@example.com")));
        data.store(Retention.unlimited(), anns);
        data.store(Retention.unlimited(), others);
        assertThat(data.count("attachments")).isEqualTo(3);
        var jobs = new JobStore(data.jdbc);
        var deletion = new PersonDeletion(
                data.pool,
                data.transactions,
                jobs,
                new SecretStore(data.jdbc),
                new DeletionReport(data.jdbc, new TopicCopy(Duration.ofDays(30))));

        assertThat(deletion.start(99, "ann@example.com", "admin")).isEmpty();
        long job = deletion.start(1, " ann@example.com", "admin").orElseThrow();
        while (new JobRunner(jobs, List.of(deletion)).runNext(() -> false)) {
            // Until no job is left.
        }

        assertThat(jobs.find(job).orElseThrow().state()).isInstanceOf(JobState.Succeeded.class);
        assertThat(data.texts("SELECT convert_from(body, 'UTF8') FROM envelopes"))
                .hasSize(4)
                .noneMatch(body -> body.contains("Ann@") || body.contains("ann@example.com"));
        assertThat(data.texts("SELECT payload::text FROM events"))
                .singleElement()
                .asString()
                .contains("bob@");
        assertThat(data.count("attachments")).isEqualTo(1);
        assertThat(data.count("envelope_items")).isEqualTo(5);
        assertThat(data.texts("SELECT attributes ->> 'user.email' FROM logs")).containsExactly("bob@example.com");
        assertThat(data.texts("SELECT email FROM feedback")).containsExactly("ann@example.org");
        assertThat(data.texts("SELECT concat_ws(' ', title, event_count, users_affected) FROM issues"))
                .containsExactly("shared 1 1");
        assertThat(data.texts("SELECT sum(events)::text FROM project_hours")).containsExactly("1");
        assertThat(data.texts("SELECT sum(transactions)::text FROM transaction_hours"))
                .containsExactly("1");
        assertThat(data.texts("SELECT release || ' ' || events FROM issue_releases"))
                .containsExactly("shop@1.0 1");
        assertThat(data.texts("SELECT concat_ws(' ', parameters, result) FROM jobs")
                        .toString())
                .as("the identifier is kept nowhere")
                .doesNotContain("example");
        JsonNode result = result(job);
        assertThat(result.path("tables")).isEqualTo(JsonMapper.shared().readTree("""
                        {"attachments":2,"envelope_items":9,"envelopes":6,"events":2,"feedback":1,"issues":1,"logs":1,"transactions":1}"""));
        assertThat(result.path("removed_rows").asLong()).isEqualTo(23);
        assertThat(result.path("topic_copy_expires_on").asString())
                .isEqualTo(LocalDate.ofInstant(now.minus(1, ChronoUnit.HOURS), ZoneOffset.UTC)
                        .plusDays(31)
                        .toString());

        BatchResult again =
                data.store(Retention.unlimited(), anns.stream().map(data::again).toList());
        assertThat(again.fates()).hasSize(6).allSatisfy(fate -> {
            assertThat(fate.fate()).isEqualTo(EnvelopeFate.DROPPED);
            assertThat(fate.why().reason()).isEqualTo(DropReason.PERSON_DELETED);
        });
        assertThat(data.store(
                                Retention.unlimited(),
                                others.stream().map(data::again).toList())
                        .count(EnvelopeFate.DUPLICATE))
                .isEqualTo(4);
        BatchResult later = data.store(
                Retention.unlimited(),
                List.of(data.sent(Instant.now().plusSeconds(1), envelope(UUID.randomUUID(), "later", ANN))));
        assertThat(later.count(EnvelopeFate.STORED))
                .as("what arrives after a deletion is as any other")
                .isEqualTo(1);
        assertThat(data.balance().envelopes().difference()).isZero();
        assertThat(data.balance().items().difference()).isZero();
    }

    private static String log(String email) {
        return "{}\n{\"type\":\"log\",\"content_type\":\"application/vnd.sentry.items.log+json\",\"item_count\":1}\n"
                + "{\"items\":[{\"timestamp\":1795175940,\"body\":\"a log\",\"attributes\":{\"user.email\":{\"value\":\"%s\"}}}]}\n"
                        .formatted(email);
    }

    private static JsonNode result(long job) {
        return JsonMapper.shared()
                .readTree(data.jdbc
                        .sql("SELECT result::text FROM jobs WHERE id = :id")
                        .param("id", job)
                        .query(String.class)
                        .single());
    }

    private static String transaction(Instant now, String user) {
        long at = now.minus(1, ChronoUnit.HOURS).getEpochSecond();
        return """
                {"event_id":"%s"}
                {"type":"transaction"}
                {"transaction":"GET /cart","start_timestamp":%d,"timestamp":%d,"contexts":{"trace":\
                {"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"fa90fdead5f74052"}},%s}
                """.formatted(UUID.randomUUID().toString().replace("-", ""), at - 1, at, user);
    }

    private static String envelope(UUID event, String message, String user) {
        return """
                {"event_id":"%s"}
                {"type":"event"}
                {"message":"%s","release":"shop@1.0",%s}
                {"type":"attachment","filename":"a.txt"}
                note
                """.formatted(event.toString().replace("-", ""), message, user);
    }
}
