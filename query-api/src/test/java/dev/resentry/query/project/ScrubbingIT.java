package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ScrubbingIT {
    private static final RunningApi API = RunningApi.shared();
    private static final Instant AT = Instant.parse("2026-11-18T10:07:00Z");

    private static final String SETTINGS = """
            {"enabled": true, "fields": ["customer number"], "safe_fields": ["note"], "ip_addresses": "truncate", "rules": [
             {"method": "replace", "type": "pattern", "pattern": "CUST-[0-9]+", "source": "$message", "replacement": "CUST"}]}""";

    @Test
    void aProjectThatNeverSaidAnythingHasTheDefaults() {
        JsonNode answer = API.get(path(project("scrub-default"))).json();

        assertThat(answer.path("revision").asLong()).isZero();
        assertThat(answer.path("updated_at").isNull()).isTrue();
        assertThat(answer.path("settings").toString())
                .isEqualTo(
                        "{\"enabled\":true,\"fields\":[],\"safe_fields\":[],\"ip_addresses\":\"keep\",\"rules\":[]}");
    }

    @Test
    void settingsReadBackAsTheyWereWrittenAndAreOnRecord() {
        long project = project("scrub-write");

        Reply written = API.put(path(project), "{\"settings\": %s, \"revision\": 0}".formatted(SETTINGS));

        assertThat(written.status()).isEqualTo(200);
        assertThat(written.json().path("revision").asLong()).isEqualTo(1);
        assertThat(written.json().at("/settings/rules/0/pattern").asString()).isEqualTo("CUST-[0-9]+");
        assertThat(API.get(path(project)).json()).isEqualTo(written.json());
        assertThat(API.database()
                        .sql("SELECT after->>'ip_addresses' FROM audit_log WHERE action = 'project.scrubbing_changed'"
                                + " AND object_id = :project")
                        .param("project", String.valueOf(project))
                        .query(String.class)
                        .list())
                .containsExactly("truncate");
    }

    @Test
    void aChangeOfSettingsThatAreNotTheLatestIsRefused() {
        long project = project("scrub-conflict");
        String body = "{\"settings\": %s, \"revision\": %d}";
        API.put(path(project), body.formatted(SETTINGS, 0));

        assertThat(API.put(path(project), body.formatted(SETTINGS, 0)).status()).isEqualTo(409);
        assertThat(API.put(path(project), body.formatted(SETTINGS, 2)).status()).isEqualTo(409);
        assertThat(API.put(path(project), body.formatted(SETTINGS, 1))
                        .json()
                        .path("revision")
                        .asLong())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            mask;    anything; ''   ; 'extra &&' ; settings.rules[0].source      ; column 9
            mask;    pattern ; '(a' ; 'extra'    ; settings.rules[0].pattern     ; missing closing )
            mask;    anything; 'a'  ; 'extra'    ; settings.rules[0].pattern     ; the type is not pattern
            burn;    anything; ''   ; 'extra'    ; settings.rules[0].method      ; expected: mask, hash, replace, remove
            mask;    whatever; ''   ; 'extra'    ; settings.rules[0].type        ; expected: anything, pattern
            """)
    void aRuleThatCannotBeUsedIsRefusedByItsField(
            String method, String type, String pattern, String source, String field, String message) {
        long project = project("scrub-refused-" + UUID.randomUUID());
        String settings =
                """
                {"enabled": true, "fields": [], "safe_fields": [], "ip_addresses": "keep",
                 "rules": [{"method": "%s", "type": "%s", "source": "%s"%s}]}""".formatted(method, type, source, pattern.isEmpty() ? "" : ", \"pattern\": \"" + pattern + "\"");

        Reply reply = API.put(path(project), "{\"settings\": %s, \"revision\": 0}".formatted(settings));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").path(field).asString()).contains(message);
        assertThat(API.get(path(project)).json().path("revision").asLong()).isZero();
    }

    @Test
    void aDraftIsTriedOnAStoredEventAndKeepsNothing() {
        long project = project("scrub-try");
        String event = event(project, """
                {"logentry": {"formatted": "CUST-17 paid"}, "user": {"ip_address": "203.0.113.9"},
                 "extra": {"customerNumber": 17, "note": "jane@example.com"}}""");

        JsonNode tried = API.post(
                        path(project) + "/try", "{\"event_id\": \"%s\", \"settings\": %s}".formatted(event, SETTINGS))
                .json();

        assertThat(tried.at("/event/logentry/formatted").asString()).isEqualTo("CUST paid");
        assertThat(tried.at("/stored/logentry/formatted").asString()).isEqualTo("CUST-17 paid");
        assertThat(tried.at("/event/user/ip_address").asString()).isEqualTo("203.0.113.0");
        assertThat(tried.at("/event/extra").toString())
                .isEqualTo("{\"customerNumber\":\"[Filtered]\",\"note\":\"jane@example.com\"}");
        assertThat(tried.path("changes")
                        .valueStream()
                        .map(change -> change.path("rule").asString()))
                .containsExactlyInAnyOrder("project:1", "@ip", "@password");
        assertThat(tried.path("changes").valueStream().map(JsonNode::toString))
                .contains("{\"path\":[\"logentry\",\"formatted\"],\"rule\":\"project:1\",\"method\":\"substituted\","
                        + "\"start\":0,\"end\":4}");
        assertThat(API.get("/api/v1/events/" + event)
                        .json()
                        .at("/logentry/formatted")
                        .asString())
                .isEqualTo("CUST-17 paid");
        assertThat(API.get(path(project)).json().path("revision").asLong()).isZero();
    }

    @Test
    void anEventOfAnotherProjectIsNotThere() {
        String event = event(project("scrub-try-other"), "{}");

        Reply reply = API.post(
                path(project("scrub-try-mine")) + "/try",
                "{\"event_id\": \"%s\", \"settings\": %s}".formatted(event, SETTINGS));

        assertThat(reply.status()).isEqualTo(404);
    }

    private static long project(String slug) {
        return new StoredRows(API.database()).project(slug);
    }

    private static String event(long project, String payload) {
        var rows = new StoredRows(API.database());
        long issue = rows.issue(project, "Error", AT, "unresolved");
        UUID envelope = rows.envelope(project, AT, "envelope", null, new byte[] {'{', '}'});
        return StoredRows.hex(rows.event(project, issue, envelope, AT, payload));
    }

    private static String path(long project) {
        return "/api/v1/projects/%d/scrubbing".formatted(project);
    }
}
