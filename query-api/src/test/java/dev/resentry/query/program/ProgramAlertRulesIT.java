package dev.resentry.query.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The flat form of alert rules, as features.md, M9, writes it. */
class ProgramAlertRulesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    private static final String RULE = """
            {"project": "%s", "name": "Too many", "level": "error", "threshold_count": 5, "threshold_window_minutes": 10,
             "notify_interval_minutes": 30, "target_type": "email", "target_value": "ops@example.com"}""";

    @Test
    void aRuleIsMadeReadChangedAndRemoved() {
        ROWS.project("m9-rule");

        Reply made = API.post("/api/alert-rules/", RULE.formatted("m9-rule"));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode rule = made.json();
        assertThat(rule.path("project").asString()).isEqualTo("m9-rule");
        assertThat(rule.path("level").asString()).isEqualTo("error");
        assertThat(rule.path("threshold_count").asLong()).isEqualTo(5);
        assertThat(rule.path("threshold_window_minutes").asLong()).isEqualTo(10);
        assertThat(rule.path("notify_interval_minutes").asLong()).isEqualTo(30);
        assertThat(rule.path("target_type").asString()).isEqualTo("email");
        assertThat(rule.path("target_value").asString()).isEqualTo("ops@example.com");
        assertThat(API.get("/api/alert-rules/?project=m9-rule").json().path("results"))
                .containsExactly(rule);
        JsonNode changed = API.patch(path(rule), """
                        {"name": "Far too many", "threshold_count": 50, "level": null, "target_value": "dev@example.com",
                         "notify_interval_minutes": 5, "enabled": false}""").json();
        assertThat(changed.path("name").asString()).isEqualTo("Far too many");
        assertThat(changed.path("threshold_count").asLong()).isEqualTo(50);
        assertThat(changed.path("threshold_window_minutes").asLong()).isEqualTo(10);
        assertThat(changed.path("level").isNull()).isTrue();
        assertThat(changed.path("target_value").asString()).isEqualTo("dev@example.com");
        assertThat(changed.path("notify_interval_minutes").asLong()).isEqualTo(5);
        assertThat(changed.path("enabled").asBoolean()).isFalse();
        assertThat(API.delete(path(rule)).status()).isEqualTo(204);
        assertThat(API.get(path(rule)).status()).isEqualTo(404);
    }

    @Test
    void aChangeThatWouldMakeARuleThatNobodyCanReadIsRefused() {
        ROWS.project("m9-blank");
        JsonNode rule =
                API.post("/api/alert-rules/", RULE.formatted("m9-blank")).json();

        Reply blank = API.patch(path(rule), "{\"name\": \" \"}");

        assertThat(blank.status()).isEqualTo(400);
        assertThat(blank.json().at("/details/name").asString()).isEqualTo("must not be empty");
        assertThat(API.get("/api/alert-rules/?project=m9-blank").json().path("results"))
                .containsExactly(rule);
    }

    @Test
    void itFiresWithTheEventThatReachesTheCount() {
        ROWS.project("m9-native");
        JsonNode flat =
                API.post("/api/alert-rules/", RULE.formatted("m9-native")).json();

        JsonNode rule = API.get("/api/v1/alert-rules/" + flat.path("id")).json().path("rule");

        assertThat(rule.path("conditions"))
                .hasToString("[{\"type\":\"frequency\",\"measure\":\"events\",\"threshold\":5,\"reaches\":true,"
                        + "\"window_minutes\":10}]");
        assertThat(rule.path("filters"))
                .hasToString("[{\"type\":\"level\",\"order\":\"at_least\",\"level\":\"error\"}]");
    }

    @Test
    void aNativeRuleIsShownAsFarAsTheFormCanSayIt() {
        ROWS.project("m9-rich");
        JsonNode more = API.post("/api/v1/alert-rules?project=m9-rich", """
                        {"rule": {"name": "More than", "conditions": [{"type": "regression"},
                                  {"type": "frequency", "threshold": 9, "window_minutes": 60}]},
                         "targets": [{"type": "slack", "value": "https://hooks.example/slack"}]}""").json();
        JsonNode fresh = API.post("/api/v1/alert-rules?project=m9-rich", """
                        {"rule": {"name": "New", "conditions": [{"type": "new_issue"}]}, "targets": [{"type": "assignee"}]}""").json();

        JsonNode flatMore = API.get("/api/alert-rules/" + more.path("id")).json();
        JsonNode flatFresh = API.get("/api/alert-rules/" + fresh.path("id")).json();

        assertThat(flatMore.path("threshold_count").asLong()).as("more than 9").isEqualTo(10);
        assertThat(flatMore.path("target_type").asString()).isEqualTo("slack");
        assertThat(flatFresh.path("threshold_count").isNull()).isTrue();
        assertThat(flatFresh.path("sentence").asString()).isNotEmpty();
        assertThat(API.patch("/api/alert-rules/" + fresh.path("id"), "{\"threshold_count\": 2}")
                        .json()
                        .path("details")
                        .has("threshold_count"))
                .isTrue();
        JsonNode changed = API.patch("/api/alert-rules/" + more.path("id"), "{\"threshold_window_minutes\": 5}")
                .json();
        assertThat(changed.path("threshold_count").asLong()).isEqualTo(10);
        assertThat(API.get("/api/v1/alert-rules/" + more.path("id")).json().at("/rule/conditions"))
                .as("what the form cannot say stays")
                .hasSize(2);
    }

    @Test
    void aRuleHasSeveralTargetsWithTemplates() {
        ROWS.project("m9-targets");
        JsonNode rule =
                API.post("/api/alert-rules/", RULE.formatted("m9-targets")).json();
        String targets = path(rule) + "/targets/";

        Reply added = API.post(targets, """
                {"target_type": "webhook", "target_value": "https://hooks.example/a", "secret": "sesame",
                 "subject_template": "{{ issue.title }}", "body_template": "{{ event.level | upper }}"}""");

        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.text()).doesNotContain("sesame");
        JsonNode target = added.json();
        assertThat(target.path("has_secret").asBoolean()).isTrue();
        assertThat(API.get(targets).json().path("results")).hasSize(2).contains(target);
        JsonNode changed = API.patch(targets + target.path("id") + "/", "{\"subject_template\": \"\"}")
                .json();
        assertThat(changed.path("subject_template").isNull()).isTrue();
        assertThat(changed.path("body_template").asString()).isEqualTo("{{ event.level | upper }}");
        assertThat(changed.path("has_secret").asBoolean()).isTrue();
        Reply wrong = API.patch(targets + target.path("id"), "{\"body_template\": \"{{ nothing }}\"}");
        assertThat(wrong.json().path("details").has("body_template"))
                .as(wrong.text())
                .isTrue();
        assertThat(API.delete(targets + target.path("id") + "/").status()).isEqualTo(204);
        JsonNode last = API.get(targets).json().at("/results/0");
        assertThat(API.delete(targets + last.path("id")).status())
                .as("a rule that is on tells somebody")
                .isEqualTo(400);
    }

    @Test
    void aRuleIsSnoozedForOneGroup() {
        long project = ROWS.project("m9-snooze");
        long group = ROWS.issue(project, "Noisy", Instant.now(), "unresolved");
        long other = ROWS.issue(project, "Quiet", Instant.now(), "unresolved");
        JsonNode rule =
                API.post("/api/alert-rules/", RULE.formatted("m9-snooze")).json();

        Reply snoozed = API.post(path(rule) + "/snooze/", "{\"group_id\": %d, \"minutes\": 30}".formatted(group));

        assertThat(snoozed.status()).as(snoozed.text()).isEqualTo(200);
        JsonNode ofGroup = byGroup(group);
        assertThat(ofGroup.at("/rule/id")).isEqualTo(rule.path("id"));
        assertThat(ofGroup.path("snoozed").asBoolean()).isTrue();
        assertThat(ofGroup.path("snoozed_until")).isEqualTo(snoozed.json().path("until"));
        assertThat(byGroup(other).path("snoozed").asBoolean()).isFalse();
        API.post(path(rule) + "/snooze/", "{\"group_id\": %d, \"until\": \"2099-01-01T00:00:00Z\"}".formatted(group));
        assertThat(byGroup(group).path("snoozed_until").asString()).isEqualTo("2099-01-01T00:00:00Z");
        API.post(path(rule) + "/unsnooze/", "{\"group_id\": %d}".formatted(group));
        assertThat(byGroup(group).path("snoozed").asBoolean()).isFalse();
        long foreign = ROWS.issue(ROWS.project("m9-foreign"), "Foreign", Instant.now(), "unresolved");
        assertThat(API.post(path(rule) + "/snooze/", "{\"group_id\": %d}".formatted(foreign))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            "error"            ; "loud"  ; level
            "threshold_count": 5; "threshold_count": 0; threshold_count
            "threshold_window_minutes": 10; "threshold_window_minutes": 0; threshold_window_minutes
            "notify_interval_minutes": 30; "notify_interval_minutes": 0; notify_interval_minutes
            "email"            ; "pigeon"; target_type
            "ops@example.com"  ; "ops"   ; target_value
            "Too many"         ; ""      ; name
            """)
    void whatIsWrongIsRefusedByItsField(String part, String other, String field) {
        if (API.get("/api/alert-rules/?project=m9-refused").status() != 200) {
            ROWS.project("m9-refused");
        }

        Reply reply = API.post("/api/alert-rules/", RULE.formatted("m9-refused").replace(part, other));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("details").has(field)).as(reply.text()).isTrue();
    }

    @Test
    void aProjectThatIsNotThereIsNotFound() {
        assertThat(API.post("/api/alert-rules/", RULE.formatted("m9-nowhere")).status())
                .isEqualTo(404);
        assertThat(API.get("/api/alert-rules/by-group/999999999").status()).isEqualTo(404);
    }

    private static JsonNode byGroup(long group) {
        Reply reply = API.get("/api/alert-rules/by-group/%d/".formatted(group));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("results")).hasSize(1);
        return reply.json().at("/results/0");
    }

    private static String path(JsonNode rule) {
        return "/api/alert-rules/" + rule.path("id");
    }
}
