package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FiltersIT {
    private static final RunningApi API = RunningApi.shared();

    private static final String NONE = """
            {"minimum_level":null,"environments":[],"releases":[],"error_messages":[],"client_addresses":[],"web_crawlers":false,\
            "localhost":false,"browser_extensions":false,"legacy_browsers":[],"chunk_load_errors":false}""";
    private static final String SOME = """
            {"minimum_level":"warning","environments":["dev*"],"releases":[],"error_messages":["*ResizeObserver*"],\
            "client_addresses":["198.51.100.0/24"],"web_crawlers":false,"localhost":true,"browser_extensions":false,\
            "legacy_browsers":[{"browser":"safari","version":14},{"browser":"ie","version":12}],"chunk_load_errors":false}""";

    @Test
    void aProjectWantsEverythingUntilItSaysOtherwise() {
        JsonNode answer = API.get(path(project("filters-default"))).json();

        assertThat(answer.path("revision").asLong()).isZero();
        assertThat(answer.path("settings")).hasToString(NONE);
    }

    @Test
    void filtersReadBackAsTheyWereWrittenAndAreOnRecord() {
        long project = project("filters-write");

        Reply written = API.put(path(project), "{\"settings\": %s, \"revision\": 0}".formatted(SOME));

        assertThat(written.status()).isEqualTo(200);
        assertThat(written.json().path("settings")).hasToString(SOME);
        assertThat(API.get(path(project)).json()).isEqualTo(written.json());
        assertThat(API.put(path(project), "{\"settings\": %s, \"revision\": 0}".formatted(SOME))
                        .status())
                .as("somebody was faster")
                .isEqualTo(409);
        assertThat(API.database()
                        .sql("SELECT after->>'minimum_level' FROM audit_log WHERE action = 'project.filters_changed'"
                                + " AND object_id = :project")
                        .param("project", String.valueOf(project))
                        .query(String.class)
                        .list())
                .containsExactly("warning");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            client_addresses; ["10.0.0.0/8", "example.com"]      ; settings.client_addresses[1]        ; expected: an IP address
            minimum_level   ; "severe"                            ; settings.minimum_level              ; expected: debug, info
            legacy_browsers ; [{"browser": "mosaic", "version": 2}]; settings.legacy_browsers[0].browser; expected: chrome, edge
            legacy_browsers ; [{"browser": "ie", "version": 0}]   ; settings.legacy_browsers[0].version ; 1
            legacy_browsers ; [{"browser": "ie", "version": 9}, {"browser": "ie", "version": 8}]; settings.legacy_browsers[1].browser; twice
            environments    ; [""]                                ; settings.environments[0]            ; blank
            localhost       ; null                                ; settings.localhost                  ; null
            """)
    void whatCannotBeUsedIsRefusedByItsField(String field, String value, String place, String message) {
        long project = project("filters-refused-" + UUID.randomUUID());
        ObjectNode settings = (ObjectNode) JsonMapper.shared().readTree(NONE);
        settings.set(field, JsonMapper.shared().readTree(value));

        Reply reply = API.put(path(project), "{\"settings\": %s, \"revision\": 0}".formatted(settings));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").path(place).asString()).contains(message);
        assertThat(API.get(path(project)).json().path("revision").asLong()).isZero();
    }

    @Test
    void whatFiltersWouldHaveDroppedIsShownAndNothingIsKept() {
        long project = project("filters-preview");
        var rows = new StoredRows(API.database());
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long noise = rows.issue(project, "Noise", now, "unresolved");
        long other = rows.issue(project, "Other", now, "unresolved");
        String wanted = "{\"level\": \"error\", \"environment\": \"production\"}";
        event(project, noise, now.minusSeconds(10), "{\"level\": \"info\"}");
        String last = event(project, noise, now.minusSeconds(5), "{\"level\": \"debug\"}");
        event(project, other, now.minusSeconds(20), wanted);
        event(project, other, now.minusSeconds(30), "{\"level\": \"error\", \"environment\": \"develop\"}");
        UUID envelope = rows.envelope(project, now.minusSeconds(40), "envelope", null, new byte[] {'{', '}'});
        API.database()
                .sql("UPDATE envelopes SET remote_address = '198.51.100.7' WHERE id = :id")
                .param("id", envelope)
                .update();
        rows.event(project, other, envelope, now.minusSeconds(40), wanted);
        event(project, other, now.minus(9, ChronoUnit.DAYS), "{\"level\": \"info\"}");

        JsonNode week = preview(project, 7);

        assertThat(week.path("events").asLong()).isEqualTo(5);
        assertThat(week.path("looked_at").asInt()).isEqualTo(5);
        assertThat(week.path("filtered").asInt()).isEqualTo(4);
        assertThat(week.path("by_filter")
                        .valueStream()
                        .map(one -> "%s %s %s"
                                .formatted(one.path("filter").asString(), one.path("events"), one.path("issues"))))
                .containsExactly("level 2 1", "environment 1 1", "ip-address 1 1");
        assertThat(week.at("/by_filter/0/examples"))
                .hasToString("[{\"event_id\":\"%s\",\"issue_id\":%d,\"title\":\"%s\"}]"
                        .formatted(last, noise, "IllegalStateException: Checkout failed"));
        assertThat(preview(project, 10).at("/by_filter/0/events").asInt()).isEqualTo(3);
        assertThat(API.get(path(project)).json().path("revision").asLong()).isZero();
        assertThat(API.database()
                        .sql("SELECT count(*) FROM events WHERE project_id = :project")
                        .param("project", project)
                        .query(Long.class)
                        .single())
                .isEqualTo(6);
    }

    @Test
    void transactionsAreLookedAtByTheFiltersThatApplyToThem() {
        long project = project("filters-preview-transactions");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        transaction(project, now.minusSeconds(10), "{\"environment\": \"dev\"}");
        transaction(project, now.minusSeconds(20), "{\"environment\": \"dev2\", \"level\": \"info\"}");
        transaction(project, now.minusSeconds(30), "{\"environment\": \"production\", \"level\": \"info\"}");
        transaction(project, now.minus(9, ChronoUnit.DAYS), "{\"environment\": \"dev\"}");

        JsonNode week = preview(project, 7);

        assertThat(week.path("events").asLong()).isZero();
        assertThat(week.path("transactions").asLong()).isEqualTo(3);
        assertThat(week.path("transactions_looked_at").asInt()).isEqualTo(3);
        assertThat(week.path("transactions_filtered").asInt()).isEqualTo(2);
        assertThat(week.path("by_filter"))
                .hasToString(
                        "[{\"filter\":\"environment\",\"events\":0,\"issues\":0,\"examples\":[],\"transactions\":2,"
                                + "\"transaction_examples\":[\"GET /cart\"]}]");
    }

    @Test
    void aPreviewOfMoreEventsThanCanBeLookedAtSaysHowManyWere() {
        long project = project("filters-preview-many");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        event(
                project,
                new StoredRows(API.database()).issue(project, "Flood", now, "unresolved"),
                now,
                "{\"level\": \"info\"}");
        API.database().sql("""
                        INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title, strategy,
                                            hash, tags, payload_json)
                        SELECT received_at, project_id, gen_random_uuid(), issue_id, envelope_id, occurred_at, level, title, strategy,
                               hash, tags, payload_json
                        FROM events, generate_series(1, 10500) WHERE project_id = :project
                        """).param("project", project).update();

        JsonNode answer = preview(project, 1);

        assertThat(answer.path("events").asLong()).isEqualTo(10_501);
        assertThat(answer.path("looked_at").asInt()).isBetween(500, 10_000);
        assertThat(answer.path("filtered")).isEqualTo(answer.path("looked_at"));
    }

    @Test
    void daysAreAtMostThirty() {
        Reply reply = API.post(
                path(project("filters-days")) + "/preview", "{\"settings\": %s, \"days\": 31}".formatted(NONE));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").path("days").asString()).contains("30");
    }

    private static JsonNode preview(long project, int days) {
        return API.post(path(project) + "/preview", "{\"settings\": %s, \"days\": %d}".formatted(SOME, days))
                .json();
    }

    private static long project(String slug) {
        return new StoredRows(API.database()).project(slug);
    }

    private static String event(long project, long issue, Instant at, String payload) {
        var rows = new StoredRows(API.database());
        UUID envelope = rows.envelope(project, at, "envelope", null, new byte[] {'{', '}'});
        return StoredRows.hex(rows.event(project, issue, envelope, at, payload));
    }

    private static void transaction(long project, Instant at, String payload) {
        var rows = new StoredRows(API.database());
        UUID envelope = rows.envelope(project, at, "envelope", null, new byte[] {'{', '}'});
        API.database()
                .sql("UPDATE transactions SET payload = :payload::jsonb WHERE event_id = :id")
                .param("payload", payload)
                .param("id", rows.transaction(project, envelope, at, UUID.randomUUID()))
                .update();
    }

    private static String path(long project) {
        return "/api/v1/projects/%d/filters".formatted(project);
    }
}
