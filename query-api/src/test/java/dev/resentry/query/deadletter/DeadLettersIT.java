package dev.resentry.query.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeadLettersIT {
    private static final String PATH = "/api/v1/dead-letters";

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void listsLettersByWhatIsAskedForAndCountsThemByCause() {
        long project = ROWS.project("lettered");
        long first = letter(project, "invalid_envelope", "split");
        long second = letter(project, "invalid_envelope", "split");
        long other = letter(project, "unknown_project", "project");

        JsonNode page = API.get(PATH + "?limit=2&project=" + project).json();
        assertThat(ids(page)).containsExactly(other, second);
        assertThat(ids(API.get(PATH + "?limit=2&project=" + project + "&cursor="
                                + page.path("next").asString())
                        .json()))
                .containsExactly(first);
        assertThat(ids(API.get(PATH + "?state=open&stage=split&reason=invalid_envelope&project=" + project)
                        .json()))
                .containsExactly(second, first);
        assertThat(ids(API.get(PATH + "?state=resolved&project=" + project).json()))
                .isEmpty();
        assertThat(API.get(PATH + "?state=lost").status()).isEqualTo(400);

        JsonNode cause = StreamSupport.stream(API.get(PATH + "/causes").json().spliterator(), false)
                .filter(one -> one.path("project_id").asLong() == project
                        && one.path("reason").asString().equals("invalid_envelope"))
                .findFirst()
                .orElseThrow();
        assertThat(cause.path("stage").asString()).isEqualTo("split");
        assertThat(cause.path("count").asLong()).isEqualTo(2);
        assertThat(cause.path("example").asLong()).isEqualTo(second);
        assertThat(cause.path("example_cause").asString()).isEqualTo("a test");
        assertThat(cause.path("oldest").asString()).isNotEmpty();
    }

    @Test
    void aLetterHasItsBytesAndOnceDiscardedItsHistoryInstead() {
        long project = ROWS.project("discarding");
        long id = letter(project, "invalid_envelope", "split");

        Reply raw = API.get(PATH + "/" + id + "/raw/");
        assertThat(raw.text()).isEqualTo("rubbish");
        assertThat(raw.header("X-Resentry-Content-Encoding")).isEqualTo("gzip");
        assertThat(API.post(PATH + "/" + id + "/discard", "{\"because\":\" \"}").status())
                .isEqualTo(400);
        assertThat(API.post(PATH + "/" + id + "/discard", "{\"because\":\"a test\"}")
                        .json()
                        .path("letters")
                        .asInt())
                .isEqualTo(1);

        JsonNode letter = API.get(PATH + "/" + id).json();
        assertThat(letter.path("state").asString()).isEqualTo("discarded");
        assertThat(letter.path("resolution").asString()).isEqualTo("a test");
        assertThat(letter.path("resolved_by").asString()).isEqualTo("admin@localhost");
        assertThat(letter.path("history").findValuesAsString("result")).containsExactly("dead", "discarded");
        assertThat(API.get(PATH + "/" + id + "/raw").status()).isEqualTo(404);
        assertThat(API.post(PATH + "/" + id + "/discard", "{\"because\":\"a test\"}")
                        .status())
                .isEqualTo(409);
        assertThat(API.post(PATH + "/" + id + "/retry", "{}").status()).isEqualTo(409);
    }

    @Test
    void aDiscardThatBreaksOffIsOnRecordAsFarAsItCameAndIsFinishedByAskingAgain() {
        long project = ROWS.project("much-discarded");
        long last = 0;
        for (int i = 0; i < 502; i++) {
            last = letter(project, "invalid_envelope", "split");
        }
        String request = "{\"reason\":\"invalid_envelope\",\"stage\":\"split\",\"project\":%d,\"because\":\"spam\"}"
                .formatted(project);
        API.database().sql("""
                        CREATE FUNCTION go_away() RETURNS trigger LANGUAGE plpgsql
                        AS $$ BEGIN RAISE EXCEPTION 'away' USING ERRCODE = '57P01'; END $$
                        """).update();
        API.database()
                .sql(
                        "CREATE TRIGGER away BEFORE UPDATE ON dead_letters FOR EACH ROW WHEN (OLD.id = %d) EXECUTE FUNCTION go_away()"
                                .formatted(last))
                .update();
        try {
            assertThat(API.post(PATH + "/discard", request).status()).isEqualTo(503);
        } finally {
            API.database().sql("DROP FUNCTION go_away CASCADE").update();
        }
        assertThat(discards(project)).containsExactly(500);

        assertThat(API.post(PATH + "/discard", request).json().path("letters").asInt())
                .isEqualTo(2);
        assertThat(API.post(PATH + "/discard", request).json().path("letters").asInt())
                .isZero();
        assertThat(discards(project)).containsExactly(500, 2);
    }

    /** How many letters each discard on record was of. */
    private static List<Integer> discards(long project) {
        return API.database()
                .sql("""
                        SELECT (after ->> 'letters')::int FROM audit_log
                        WHERE action = 'dead_letters.discarded' AND (before ->> 'project')::bigint = :project ORDER BY id
                        """)
                .param("project", project)
                .query(Integer.class)
                .list();
    }

    @Test
    void aRetryIsAJobOfOneLetterOrOfAllOpenOnesOfACause() {
        long project = ROWS.project("retrying");
        long one = letter(project, "invalid_envelope", "split");
        letter(project, "invalid_envelope", "split");
        letter(project, "invalid_envelope", "split");

        Reply single = API.post(PATH + "/" + one + "/retry/", "{}");
        Reply all = API.post(
                PATH + "/retry",
                "{\"reason\":\"invalid_envelope\",\"stage\":\"split\",\"project\":%d}".formatted(project));

        assertThat(single.status()).isEqualTo(202);
        assertThat(single.json().path("letters").asInt()).isEqualTo(1);
        assertThat(API.get(single.json().path("job").path("href").asString())
                        .json()
                        .path("kind")
                        .asString())
                .isEqualTo("dead-letter-retry");
        assertThat(all.status()).isEqualTo(202);
        assertThat(all.json().path("letters").asInt()).isEqualTo(2);
        assertThat(ids(API.get(PATH + "?state=retrying&project=" + project).json()))
                .hasSize(3);
        // No processor runs here, so the jobs wait, and their letters are nobody else's.
        assertThat(API.post(PATH + "/" + one + "/retry", "{}").status()).isEqualTo(409);
        assertThat(API.post(PATH + "/retry", "{\"reason\":\"none\",\"stage\":\"split\"}")
                        .status())
                .isEqualTo(400);
        assertThat(API.get(PATH + "/0").status()).isEqualTo(404);
        assertThat(API.post(PATH + "/0/retry", "{}").status()).isEqualTo(404);
    }

    private static long letter(long project, String reason, String stage) {
        UUID envelope = StoredRows.envelopeId(Instant.now());
        ROWS.deadLetter(project, envelope);
        return API.database()
                .sql("""
                        UPDATE dead_letters
                        SET reason = :reason, stage = :stage, body = :body,
                            headers = '[{"name": "content-encoding", "value": "Z3ppcA=="}]'
                        WHERE envelope_id = :envelope RETURNING id
                        """)
                .param("reason", reason)
                .param("stage", stage)
                .param("body", "rubbish".getBytes(UTF_8))
                .param("envelope", envelope)
                .query(Long.class)
                .single();
    }

    private static List<Long> ids(JsonNode page) {
        return StreamSupport.stream(page.path("results").spliterator(), false)
                .map(letter -> letter.path("id").asLong())
                .toList();
    }
}
