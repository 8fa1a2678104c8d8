package dev.resentry.query.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Asking for a replay; no processor is there to do it. */
class ReplaysIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void aReplayIsAJobThatCanBePausedResumedAndCancelled() {
        Reply reply = API.post(
                "/api/v1/replays",
                "{\"from\":\"2026-11-01T00:00:00Z\",\"to\":\"2026-11-02T00:00:00Z\",\"types\":[\"event\"],\"dry_run\":true}");

        assertThat(reply.status()).isEqualTo(202);
        JsonNode job = reply.json();
        assertThat(job.path("kind").asString()).isEqualTo("replay");
        assertThat(job.path("parameters").path("from").asString()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(job.path("parameters").path("types").toString()).isEqualTo("[\"event\"]");
        assertThat(job.path("parameters").path("dry_run").asBoolean()).isTrue();
        String path = "/api/v1/jobs/" + job.path("id");
        assertThat(API.post(path + "/resume", "").status()).isEqualTo(409);
        JsonNode paused = API.post(path + "/pause", "").json();
        assertThat(paused.path("state").asString()).isEqualTo("paused");
        assertThat(paused.path("stopped_by").asString()).isEqualTo("admin@localhost");
        assertThat(API.post(path + "/pause", "").status()).isEqualTo(409);
        assertThat(API.post(path + "/resume", "").json().path("state").asString())
                .isEqualTo("queued");
        assertThat(API.post(path + "/cancel", "").json().path("state").asString())
                .isEqualTo("cancelling");
        assertThat(API.get("/api/v1/replays/" + job.path("id")).json().path("id"))
                .isEqualTo(job.path("id"));
        JsonNode listed = API.get("/api/v1/replays?limit=1").json().at("/results/0");
        assertThat(listed.path("id")).isEqualTo(job.path("id"));
        assertThat(listed.path("created_by").asString()).isEqualTo("admin@localhost");
        assertThat(listed.path("progress").path("per_second").isNull()).isTrue();
        assertThat(API.get("/api/v1/replays/0").status()).isEqualTo(404);
        assertThat(API.post("/api/v1/jobs/0/pause", "").status()).isEqualTo(404);
    }

    @Test
    void anEstimateSaysHowMuchThereIsAndHowLongItTakes() {
        long project = new StoredRows(API.database()).project("replayable");
        String path = "/api/v1/replays/estimate?from=2026-10-01T10:30:00Z&to=2026-10-01T12:00:00Z&project=" + project;
        API.database().sql("""
                        INSERT INTO envelope_totals
                        VALUES (:project, '2026-10-01 10:00Z', 'stored', '', 900, 900), (:project, '2026-10-01 11:00Z', 'dead', 'x', 100, 0),
                               (:project, '2026-10-01 12:00Z', 'stored', '', 50, 50)
                        """).param("project", project).update();
        API.database()
                .sql("DELETE FROM jobs WHERE kind = 'replay' AND state = 'succeeded'")
                .update();

        assertThat(API.get(path).json().path("envelopes").asLong()).isEqualTo(1_000);
        assertThat(API.get(path).json().path("seconds").isNull()).isTrue();
        assertThat(API.get(path).json().path("oldest").asString()).isEqualTo("2026-10-01T10:00:00Z");

        API.database().sql("""
                        INSERT INTO jobs (kind, parameters, state, progress_done, result, created_by, created_at, available_at, started_at,
                                          finished_at)
                        VALUES ('replay', '{}', 'succeeded', 500, '{}', 'ada', now(), now(), now() - interval '10 s', now())
                        """).update();
        assertThat(API.get(path).json().path("seconds").asLong()).isEqualTo(20);
        assertThat(API.get("/api/v1/replays/estimate?from=2026-10-01T10:30:00Z&to=2026-10-01T10:00:00Z")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from        | {"to":"2026-11-02T00:00:00Z"}
            to          | {"from":"2026-11-02T00:00:00Z","to":"2026-11-01T00:00:00Z"}
            from        | {"from":"2126-11-02T00:00:00Z","to":"2127-11-01T00:00:00Z"}
            projects[0] | {"from":"2026-11-01T00:00:00Z","to":"2026-11-02T00:00:00Z","projects":[987654]}
            types[1]    | {"from":"2026-11-01T00:00:00Z","to":"2026-11-02T00:00:00Z","types":["event",""]}
            """)
    void whatIsWrongInARequestIsNamed(String field, String request) {
        Reply reply = API.post("/api/v1/replays", request);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").propertyNames()).containsExactly(field);
    }
}
