package dev.resentry.query.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Monitors of crons and uptime checks as Sentry's tools write them. */
@Timeout(120)
class SentryWatchIT {
    private static final RunningApi API = RunningApi.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String MONITORS = "/api/0/organizations/default/monitors/";
    private static final String UPTIME = "/api/0/projects/default/watched/uptime/";

    @BeforeAll
    static void seed() {
        new StoredRows(API.database()).project("watched");
    }

    @Test
    void aMonitorReadsBackAsItWasWritten() {
        String written = """
                {"name": "Nightly backup", "slug": "nightly-backup", "project": "watched", "owner": "team:7", "status": "active",
                 "isMuted": true, "type": "cron_job",
                 "config": {"schedule_type": "crontab", "schedule": "0 4 * * *", "timezone": "Europe/Berlin", "checkin_margin": 5,
                            "max_runtime": 90, "failure_issue_threshold": 2, "recovery_threshold": 3}}
                """;

        Reply made = API.post(MONITORS, written);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode read = API.get(MONITORS + "nightly-backup/").json();
        JsonNode sent = JSON.readTree(written);
        for (String field : sent.propertyNames()) {
            assertThat(field.equals("project") ? read.at("/project/slug") : read.path(field))
                    .as(field)
                    .isEqualTo(sent.path(field));
        }

        Reply put = API.put(
                "/api/0/projects/default/watched/monitors/nightly-backup/",
                "{\"isMuted\": false, \"config\": {\"schedule\": [10, \"minute\"], \"schedule_type\": \"interval\"}}");
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.json().path("isMuted").asBoolean()).isFalse();
        assertThat(put.json().at("/config/schedule").toString()).isEqualTo("[10,\"minute\"]");
        assertThat(put.json().at("/config/max_runtime").asInt())
                .as("what is not said of it")
                .isEqualTo(90);
        Reply whole = API.put(MONITORS + "nightly-backup/", put.json().toString());
        assertThat(whole.json()).as(whole.text()).isEqualTo(put.json());

        assertThat(API.delete(MONITORS + "nightly-backup/?environment=unknown").status())
                .isEqualTo(404);
        assertThat(API.delete(MONITORS + "nightly-backup/").status()).isEqualTo(202);
        assertThat(API.get(MONITORS + "nightly-backup/").status()).isEqualTo(404);
    }

    @Test
    void aMonitorWithoutASlugHasOneOfItsName() {
        Reply made = API.post(
                MONITORS,
                "{\"name\": \"Send Invoices!\", \"project\": \"watched\", \"config\": {\"schedule\": \"@daily\"}}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("slug").asString()).isEqualTo("send-invoices");
        Reply moved = API.put(MONITORS + "send-invoices/", "{\"slug\": \"other\"}");
        assertThat(moved.status()).isEqualTo(400);
        assertThat(moved.json().path("detail").asString()).startsWith("slug: ");
    }

    @Test
    void ofASlugInSeveralProjectsNoneIsChangedByGuess() {
        new StoredRows(API.database()).project("watched-too");
        String monitor =
                "{\"name\": \"Twin\", \"slug\": \"twin\", \"project\": \"%s\", \"config\": {\"schedule\": \"@daily\"}}";
        String first = API.post(MONITORS, monitor.formatted("watched"))
                .json()
                .path("id")
                .asString();
        String second = API.post(MONITORS, monitor.formatted("watched-too"))
                .json()
                .path("id")
                .asString();

        Reply removed = API.delete(MONITORS + "twin/");
        Reply unsaid = API.put(MONITORS + "twin/", "{\"name\": \"Other\"}");
        Reply said = API.put(MONITORS + "twin/", "{\"name\": \"Other\", \"project\": \"watched-too\"}");

        assertThat(removed.status()).as(removed.text()).isEqualTo(409);
        assertThat(removed.json().path("detail").asString())
                .contains("/api/0/projects/default/{project}/monitors/twin/");
        assertThat(unsaid.status()).isEqualTo(409);
        assertThat(said.status()).as(said.text()).isEqualTo(200);
        assertThat(API.get("/api/0/projects/default/watched-too/monitors/twin/")
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Other");
        assertThat(API.get("/api/0/projects/default/watched/monitors/twin/")
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Twin");
        assertThat(API.delete(MONITORS + second + "/").status()).isEqualTo(202);
        assertThat(API.delete(MONITORS + "twin/").status())
                .as("the only one left")
                .isEqualTo(202);
        assertThat(API.get(MONITORS + first + "/").status()).isEqualTo(404);
    }

    @Test
    void ofEnvironmentsOfAMonitorAllAreRemovedOrNone() {
        Reply made = API.post(
                MONITORS,
                "{\"name\": \"Staged\", \"slug\": \"staged\", \"project\": \"watched\", \"config\": {\"schedule\": \"@daily\"}}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        API.database().sql("""
                        INSERT INTO monitor_environments (monitor_id, environment, created_at)
                        SELECT m.id, e, now() FROM monitors m, unnest(ARRAY ['production', 'staging']) e WHERE m.slug = 'staged'
                        """).update();

        assertThat(API.delete(MONITORS + "staged/?environment=production&environment=unknown")
                        .status())
                .isEqualTo(404);
        assertThat(environments()).containsExactly("production", "staging");
        assertThat(API.delete(MONITORS + "staged/?environment=production&environment=staging")
                        .status())
                .isEqualTo(202);
        assertThat(environments()).isEmpty();
    }

    private static List<String> environments() {
        return API.database().sql("""
                        SELECT e.environment FROM monitor_environments e JOIN monitors m ON m.id = e.monitor_id
                        WHERE m.slug = 'staged' ORDER BY e.environment
                        """).query(String.class).list();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "project | {'name': 'a', 'config': {'schedule': '@daily'}}",
                "config.schedule | {'name': 'a', 'project': 'watched'}",
                "config.schedule | {'name': 'a', 'project': 'watched', 'config': {'schedule': 'at noon'}}",
                "config.timezone | {'name': 'a', 'project': 'watched', 'config': {'schedule': '@daily', 'timezone': 'Moon'}}",
                "config.max_runtime | {'name': 'a', 'project': 'watched', 'config': {'schedule': '@daily', 'max_runtime': 0}}",
                "alertRule | {'name': 'a', 'project': 'watched', 'alertRule': {'targets': [1]}, 'config': {'schedule': '@daily'}}",
                "type | {'name': 'a', 'project': 'watched', 'type': 'heartbeat', 'config': {'schedule': '@daily'}}",
                "slug | {'slug': 'a/b', 'project': 'watched', 'config': {'schedule': '@daily'}}"
            })
    void aMonitorThatCannotBeIsRefusedByItsField(String field, String monitor) {
        Reply refused = API.post(MONITORS, monitor.replace('\'', '"'));

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("detail").asString()).startsWith(field + ": ");
    }

    @Test
    void anUptimeCheckReadsBackAsItWasWritten() {
        String written = """
                {"name": "Front page", "url": "https://shop.invalid/?key=1", "intervalSeconds": 300, "timeoutMs": 5000, "method": "HEAD",
                 "environment": "production", "status": "active", "downtimeThreshold": 3, "recoveryThreshold": 1,
                 "traceSampling": false, "responseCaptureEnabled": false, "headers": [], "body": null}
                """;

        Reply made = API.post(UPTIME, written);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String check = UPTIME + made.json().path("id").asString() + "/";
        JsonNode read = API.get(check).json();
        JsonNode sent = JSON.readTree(written);
        for (String field : sent.propertyNames()) {
            assertThat(read.path(field)).as(field).isEqualTo(sent.path(field));
        }
        assertThat(read.path("projectSlug").asString()).isEqualTo("watched");
        assertThat(read.path("uptimeStatus").asInt()).isZero();

        Reply off = API.put(check, "{\"status\": \"disabled\", \"environment\": null}");
        assertThat(off.status()).as(off.text()).isEqualTo(200);
        assertThat(off.json().path("status").asString()).isEqualTo("disabled");
        assertThat(off.json().path("environment").isNull()).isTrue();
        assertThat(off.json().path("intervalSeconds").asInt()).isEqualTo(300);
        String list = "/api/0/organizations/default/uptime/?project=watched";
        assertThat(API.get(list + "&query=FRONT").json()).hasSize(1);
        assertThat(API.get(list + "&query=back").json()).isEmpty();

        API.database()
                .sql("INSERT INTO uptime_results (check_id, at, ok, status, duration_ms, error, location) "
                        + "VALUES (:check, now() - interval '1 minute', false, 503, 12, 'status 503', 'here')")
                .param("check", read.path("id").asLong())
                .update();
        JsonNode result =
                API.get(check + "checks/?statsPeriod=24h&per_page=10").json().path(0);
        assertThat(result.path("checkStatus").asString()).isEqualTo("failure");
        assertThat(result.path("httpStatusCode").asInt()).isEqualTo(503);
        assertThat(result.path("timestamp").asString()).endsWith("Z");

        assertThat(API.delete(check).status()).isEqualTo(202);
        assertThat(API.get(check).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "url | null",
                "url | 'file:///etc/passwd'",
                "intervalSeconds | 90",
                "timeoutMs | 60000",
                "method | 'POST'",
                "headers | [['Accept', 'text/html']]",
                "body | 'a=1'",
                "owner | 'user:1'",
                "traceSampling | true",
                "recoveryThreshold | 2"
            })
    void anUptimeCheckThatCannotBeIsRefusedByItsField(String field, String value) {
        ObjectNode check = (ObjectNode) JSON.readTree("""
                {"name": "Refused", "url": "https://shop.invalid/", "intervalSeconds": 60, "timeoutMs": 1000}
                """);
        check.set(field, JSON.readTree(value.replace('\'', '"')));

        Reply refused = API.post(UPTIME, check.toString());

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("detail").asString()).startsWith(field + ": ");
    }
}
