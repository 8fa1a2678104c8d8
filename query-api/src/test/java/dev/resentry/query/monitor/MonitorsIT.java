package dev.resentry.query.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Monitors of crons by the API. */
class MonitorsIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void aMonitorReadsBackAsItWasWrittenAndIsOnRecord() {
        String slug = project();

        Reply made = API.post(
                "/api/v1/monitors",
                monitor(slug, "nightly", "crontab", "0 4 * * *").toString());

        assertThat(made.status()).as("%s", made).isEqualTo(201);
        JsonNode monitor = made.json();
        String path = "/api/v1/monitors/" + monitor.path("id").asLong();
        assertThat(monitor.path("name").asString()).isEqualTo("nightly");
        assertThat(monitor.path("status").asString()).isEqualTo("active");
        assertThat(monitor.path("schedule").path("words").asString()).isEqualTo("at 04:00");
        assertThat(monitor.path("time_zone").asString()).isEqualTo("UTC");
        assertThat(monitor.path("checkin_margin").asInt()).isEqualTo(1);
        assertThat(monitor.path("max_runtime").asInt()).isEqualTo(30);
        assertThat(monitor.path("failure_issue_threshold").asInt()).isEqualTo(1);
        assertThat(monitor.path("environments")).isEmpty();

        JsonNode changed = API.put(
                        path,
                        monitor(slug, "nightly", "interval", "10 minutes")
                                .put("status", "muted")
                                .put("time_zone", "Europe/Berlin")
                                .put("name", "Nightly backup")
                                .toString())
                .json();
        assertThat(changed.path("schedule").path("value").asString()).isEqualTo("10 minute");
        assertThat(changed.path("status").asString()).isEqualTo("muted");
        assertThat(API.get("/api/v1/monitors?words=BACKUP&project=" + slug)
                        .json()
                        .path("results"))
                .hasSize(1);
        assertThat(API.get("/api/v1/monitors?words=other&project=" + slug)
                        .json()
                        .path("results"))
                .isEmpty();

        assertThat(API.delete(path).status()).isEqualTo(204);
        assertThat(API.get(path).status()).isEqualTo(404);
        assertThat(API.database()
                        .sql(
                                "SELECT action FROM audit_log WHERE object_type = 'monitor' AND object_id = :id ORDER BY id")
                        .param("id", monitor.path("id").asString())
                        .query(String.class)
                        .list())
                .containsExactly("monitor.created", "monitor.changed", "monitor.deleted");
    }

    @Test
    void checkInsAreReadByEnvironmentAPageAtATimeAndInSpans() {
        long id = create(project(), "nightly");
        for (String environment : new String[] {"production", "staging"}) {
            API.database().sql("""
                            WITH environment AS (
                                INSERT INTO monitor_environments (monitor_id, environment, created_at) VALUES (:id, :name, now())
                                RETURNING id)
                            INSERT INTO check_ins (environment_id, id, at, status, duration_ms, timeout_at)
                            SELECT id, gen_random_uuid(), now() - n * interval '10 minutes',
                                   (ARRAY['ok', 'error', 'missed'])[1 + n % 3], CASE WHEN n % 3 < 2 THEN 1000 * n END, now()
                            FROM environment, generate_series(0, 49) AS n
                            """).param("id", id).param("name", environment).update();
        }
        String path = "/api/v1/monitors/" + id;

        JsonNode monitor = API.get(path).json();
        assertThat(monitor.path("environments")).hasSize(2);
        assertThat(monitor.path("environments").get(0).path("recent")).hasSize(40);
        assertThat(monitor.path("environments")
                        .get(0)
                        .path("recent")
                        .get(0)
                        .path("status")
                        .asString())
                .isEqualTo("ok");

        JsonNode first =
                API.get(path + "/check-ins?environment=staging&limit=30").json();
        JsonNode second = API.get(path + "/check-ins?environment=staging&limit=30&cursor="
                        + first.path("next").asString())
                .json();
        assertThat(first.path("results")).hasSize(30);
        assertThat(second.path("results")).hasSize(20);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(API.get(path + "/check-ins?limit=200").json().path("results"))
                .hasSize(100)
                .anySatisfy(
                        one -> assertThat(one.path("environment").asString()).isEqualTo("production"));

        JsonNode stats =
                API.get(path + "/stats?hours=10&spans=10&environment=staging").json();
        assertThat(stats.path("spans")).hasSize(10);
        assertThat(sum(stats, "ok")).isEqualTo(17);
        assertThat(sum(stats, "error")).isEqualTo(17);
        assertThat(sum(stats, "missed")).isEqualTo(16);
        assertThat(API.get(path + "/stats?hours=0").status()).isEqualTo(400);

        assertThat(API.delete(path + "/environments/staging").status()).isEqualTo(204);
        assertThat(API.delete(path + "/environments/staging").status()).isEqualTo(404);
        assertThat(API.get(path).json().path("environments")).hasSize(1);
    }

    @Test
    void aListShowsCheckInsOfTheFirstTenEnvironments() {
        String slug = project();
        long id = create(slug, "nightly");
        API.database().sql("""
                        WITH environments AS (
                            INSERT INTO monitor_environments (monitor_id, environment, created_at)
                            SELECT :id, 'e' || n, now() FROM generate_series(10, 21) AS n
                            RETURNING id)
                        INSERT INTO check_ins (environment_id, id, at, status, timeout_at)
                        SELECT id, gen_random_uuid(), now(), 'ok', now() FROM environments
                        """).param("id", id).update();

        JsonNode listed = API.get("/api/v1/monitors?project=" + slug)
                .json()
                .path("results")
                .get(0);
        JsonNode one = API.get("/api/v1/monitors/" + id).json();

        assertThat(listed.path("environments")).hasSize(12);
        assertThat(shown(listed)).isEqualTo(10);
        assertThat(shown(one)).isEqualTo(12);
    }

    @Test
    void aPreviewSaysWhatAScheduleMeans() {
        JsonNode preview = API.get(
                        "/api/v1/monitors/preview?type=crontab&value=30%202%20*%20*%20*&time_zone=Europe/Berlin")
                .json();

        assertThat(preview.path("words").asString()).isEqualTo("at 02:30");
        assertThat(preview.path("next"))
                .hasSize(5)
                .allSatisfy(at -> assertThat(
                                OffsetDateTime.parse(at.asString()).getOffset().getTotalSeconds())
                        .isBetween(3_600, 7_200));
        assertThat(API.get("/api/v1/monitors/preview?type=crontab&value=61%20*%20*%20*%20*")
                        .json()
                        .toString())
                .contains("schedule", "minute '61'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            schedule               ; {"type": "crontab", "value": "* * *"}   ; 5
            schedule               ; {"type": "interval", "value": "0 day"}  ; expected: 1 to 10000
            time_zone              ; "Mars/Olympus"                          ; Europe/Berlin
            slug                   ; "a/b"                                   ; slashes
            slug                   ; " "                                     ; slashes
            status                 ; "asleep"                                ; expected: active
            checkin_margin         ; -1                                      ; 0
            max_runtime            ; 0                                       ; 1
            failure_issue_threshold; 51                                      ; 50
            recovery_threshold     ; 0                                       ; 1
            """)
    void whatNoMonitorCanBeMadeOfIsRefusedByItsField(String field, String value, String message) {
        ObjectNode monitor = monitor(project(), "nightly", "crontab", "@daily");
        monitor.set(field, JsonMapper.shared().readTree(value));

        Reply reply = API.post("/api/v1/monitors", monitor.toString());

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.json().toString()).contains(field, message);
    }

    @Test
    void aSlugIsThatOfOneMonitorOfAProjectAndStays() {
        String slug = project();
        long id = create(slug, "nightly");

        assertThat(API.post(
                                "/api/v1/monitors",
                                monitor(slug, "nightly", "crontab", "@daily").toString())
                        .status())
                .isEqualTo(409);
        create(project(), "nightly");
        assertThat(API.put(
                                "/api/v1/monitors/" + id,
                                monitor(slug, "other", "crontab", "@daily").toString())
                        .status())
                .isEqualTo(400);
        assertThat(API.put(
                                "/api/v1/monitors/" + id,
                                monitor(project(), "nightly", "crontab", "@daily")
                                        .toString())
                        .status())
                .isEqualTo(400);
    }

    @Test
    void monitorsAreListedByNameAPageAtATimeAndWhoReadsChangesNothing() {
        String slug = project();
        for (int i = 0; i < 5; i++) {
            create(slug, "m" + (4 - i));
        }
        String path = "/api/v1/monitors?limit=3&project=" + slug;

        JsonNode first = API.get(path).json();
        JsonNode second =
                API.get(path + "&cursor=" + first.path("next").asString()).json();

        assertThat(first.path("results")
                        .valueStream()
                        .map(one -> one.path("slug").asString()))
                .containsExactly("m0", "m1", "m2");
        assertThat(second.path("results")
                        .valueStream()
                        .map(one -> one.path("slug").asString()))
                .containsExactly("m3", "m4");
        User viewer = PEOPLE.user(Role.VIEWER);
        assertThat(PEOPLE.as(viewer, "GET", path, null).status()).isEqualTo(200);
        assertThat(PEOPLE.as(
                                viewer,
                                "POST",
                                "/api/v1/monitors",
                                monitor(slug, "x", "crontab", "@daily").toString())
                        .status())
                .isEqualTo(403);
    }

    private static long sum(JsonNode stats, String status) {
        return stats.path("spans")
                .valueStream()
                .mapToLong(span -> span.path(status).asLong())
                .sum();
    }

    private static int shown(JsonNode monitor) {
        return monitor.path("environments")
                .valueStream()
                .mapToInt(environment -> environment.path("recent").size())
                .sum();
    }

    private static String project() {
        String slug = "crons-" + UUID.randomUUID().toString().substring(0, 8);
        ROWS.project(slug);
        return slug;
    }

    private static long create(String project, String slug) {
        return API.post(
                        "/api/v1/monitors",
                        monitor(project, slug, "crontab", "0 4 * * *").toString())
                .json()
                .path("id")
                .asLong();
    }

    private static ObjectNode monitor(String project, String slug, String type, String value) {
        ObjectNode monitor =
                JsonNodeFactory.instance.objectNode().put("project", project).put("slug", slug);
        monitor.putObject("schedule").put("type", type).put("value", value);
        return monitor;
    }
}
