package dev.resentry.query.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Uptime checks by the API. */
class UptimeChecksIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final String URL = "https://shop.invalid/health";

    @Test
    void aCheckReadsBackAsItWasWrittenAndIsOnRecord() {
        String slug = project();

        Reply made = API.post("/api/v1/uptime-checks/", check(slug, "Shop").toString());

        assertThat(made.status()).as("%s", made).isEqualTo(201);
        JsonNode check = made.json();
        String path = "/api/v1/uptime-checks/" + check.path("id").asLong();
        assertThat(check.path("method").asString()).isEqualTo("GET");
        assertThat(check.path("interval_minutes").asInt()).isEqualTo(5);
        assertThat(check.path("timeout_seconds").asInt()).isEqualTo(10);
        assertThat(check.path("expected_status").asString()).isEqualTo("200-299");
        assertThat(check.path("failures").asInt()).isEqualTo(2);
        assertThat(check.path("state").asString()).isEqualTo("unknown");
        assertThat(check.path("last").isNull()).isTrue();
        assertThat(check.path("spans").size()).isEqualTo(90);
        assertThat(check.path("availability").path("day").isNull()).isTrue();
        assertThat(API.get("/api/v1/uptime-checks?project=" + slug).json()).hasSize(1);

        JsonNode changed = API.put(
                        path,
                        check(slug, "Shop 2")
                                .put("method", "HEAD")
                                .put("expected_status", "200, 301-302")
                                .put("interval_minutes", 1)
                                .put("enabled", false)
                                .toString())
                .json();
        assertThat(changed.path("name").asString()).isEqualTo("Shop 2");
        assertThat(changed.path("expected_status").asString()).isEqualTo("200,301-302");
        assertThat(changed.path("next_at").isNull()).isTrue();
        assertThat(API.post(path + "/run", "").status()).as("it is not enabled").isEqualTo(409);

        assertThat(API.delete(path).status()).isEqualTo(204);
        assertThat(API.get(path).status()).isEqualTo(404);
        assertThat(API.database()
                        .sql(
                                "SELECT action FROM audit_log WHERE object_type = 'uptime_check' AND object_id = :id ORDER BY id")
                        .param("id", check.path("id").asString())
                        .query(String.class)
                        .list())
                .containsExactly("uptime_check.created", "uptime_check.changed", "uptime_check.deleted");
    }

    @Test
    void resultsAreReadBySpanByHourAndOneByOne() {
        long id = API.post("/api/v1/uptime-checks", check(project(), "Shop").toString())
                .json()
                .path("id")
                .asLong();
        API.database().sql("""
                        INSERT INTO uptime_results (check_id, at, ok, status, duration_ms, error, location)
                        VALUES (:id, now() - interval '1 minute', true, 200, 40, NULL, 'here'),
                               (:id, now() - interval '2 minutes', true, 200, 60, NULL, 'here'),
                               (:id, now() - interval '5 hours', false, 503, 9, '503 (expected 200-299)', 'here')
                        """).param("id", id).update();
        API.database().sql("""
                        INSERT INTO uptime_hours (check_id, hour, ok, failed, duration_ms)
                        VALUES (:id, date_trunc('hour', now()), 3, 1, 100), (:id, now() - interval '3 days', 0, 4, 0)
                        """).param("id", id).update();

        JsonNode check = API.get("/api/v1/uptime-checks/" + id).json();
        JsonNode first = API.get("/api/v1/uptime-checks/%d/results?limit=2".formatted(id))
                .json();
        JsonNode second = API.get("/api/v1/uptime-checks/%d/results?limit=2&cursor=%s"
                        .formatted(id, first.path("next").asString()))
                .json();

        assertThat(check.path("availability").path("day").asDouble()).isEqualTo(0.75);
        assertThat(check.path("availability").path("month").asDouble()).isEqualTo(0.375);
        assertThat(check.path("spans")
                        .valueStream()
                        .mapToLong(span -> span.path("ok").asLong())
                        .sum())
                .isEqualTo(2);
        assertThat(check.path("spans")
                        .valueStream()
                        .mapToLong(span -> span.path("failed").asLong())
                        .sum())
                .isEqualTo(1);
        assertThat(first.path("results")).hasSize(2);
        assertThat(second.path("results")).hasSize(1);
        assertThat(second.path("results").get(0).path("error").asString()).isEqualTo("503 (expected 200-299)");
        assertThat(second.path("next").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            url             ; "http://127.0.0.1:8082/"             ; private network
            url             ; "http://localhost/"                  ; private network
            url             ; "http://169.254.169.254/latest"      ; reserved address
            url             ; "http://[::1]/"                      ; private network
            url             ; "http://2130706433/"                 ; expected: a name
            url             ; "ftp://shop.example/"                ; expected: http or https
            url             ; "https://me:secret@shop.example/"    ; user name
            method          ; "POST"                               ; expected: GET or HEAD
            interval_minutes; 0                                    ; 1
            interval_minutes; 61                                   ; 60
            timeout_seconds ; 31                                   ; 30
            failures        ; 11                                   ; 10
            expected_status ; "2xx"                                ; expected: status codes
            name            ; ""                                   ; blank
            """)
    void whatNoCheckCanBeMadeOfIsRefusedByItsField(String field, String value, String message) {
        ObjectNode check = check(project(), "Shop");
        check.set(field, JsonMapper.shared().readTree(value));

        Reply reply = API.post("/api/v1/uptime-checks", check.toString());

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.json().toString()).contains(field, message);
    }

    @Test
    void aTextOfAnAnswerToHeadAndAnotherProjectAreRefused() {
        String slug = project();
        assertThat(API.post(
                                "/api/v1/uptime-checks",
                                check(slug, "n")
                                        .put("method", "HEAD")
                                        .put("expected_text", "ok")
                                        .toString())
                        .status())
                .isEqualTo(400);
        long id = API.post("/api/v1/uptime-checks", check(slug, "n").toString())
                .json()
                .path("id")
                .asLong();
        assertThat(API.put("/api/v1/uptime-checks/" + id, check(project(), "n").toString())
                        .status())
                .isEqualTo(400);
        assertThat(API.post("/api/v1/uptime-checks", check("nobody", "n").toString())
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whoOnlyReadsSeesNoQueryOfAUrlAndNeitherDoesTheAuditLog() {
        String url = URL + "?key=secret-of-the-shop";
        JsonNode made = API.post(
                        "/api/v1/uptime-checks",
                        check(project(), "Shop").put("url", url).toString())
                .json();
        String path = "/api/v1/uptime-checks/" + made.path("id").asLong();
        User viewer = PEOPLE.user(Role.VIEWER);

        assertThat(made.path("url").asString()).isEqualTo(url);
        assertThat(API.get(path).json().path("url").asString()).isEqualTo(url);
        assertThat(PEOPLE.as(viewer, "GET", path, null).json().path("url").asString())
                .isEqualTo(URL + "?…");
        assertThat(PEOPLE.as(viewer, "GET", "/api/v1/uptime-checks", null).text())
                .contains(URL)
                .doesNotContain("secret-of-the-shop");
        assertThat(API.get("/api/v1/audit-log?limit=200").text())
                .contains("uptime_check.created")
                .doesNotContain("secret-of-the-shop");
    }

    private static String project() {
        String slug = "uptime-" + UUID.randomUUID().toString().substring(0, 8);
        ROWS.project(slug);
        return slug;
    }

    private static ObjectNode check(String project, String name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("project", project)
                .put("name", name)
                .put("url", URL);
    }
}
