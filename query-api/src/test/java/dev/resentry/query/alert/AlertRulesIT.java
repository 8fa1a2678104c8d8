package dev.resentry.query.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Alert rules, their history and snoozes by the API. */
class AlertRulesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    private static final String RULE = """
            {"name": "Many errors", "environment": "production", "condition_match": "any",
             "conditions": [{"type": "frequency", "measure": "events", "threshold": 10, "window_minutes": 5}, {"type": "new_issue"}],
             "filter_match": "all", "filters": [{"type": "level", "order": "at_least", "level": "error"},
                                                {"type": "tag", "key": "browser", "operator": "in", "values": ["a", "b"]}],
             "interval_minutes": 60}""";
    private static final String MAIL = """
            {"type": "email", "value": "ops@example.com", "subject": "{{ issue.title }}"}""";

    @Test
    void aRuleReadsBackAsItWasWritten() {
        String project = project("alerts-write");

        JsonNode rule = add(project, RULE, MAIL).json();

        assertThat(rule.at("/rule/conditions/0/threshold").asLong()).isEqualTo(10);
        assertThat(rule.at("/rule/conditions/0/window_minutes").asLong()).isEqualTo(5);
        assertThat(rule.at("/rule/filters/1/values")).hasToString("[\"a\",\"b\"]");
        assertThat(rule.at("/rule/interval_minutes").asLong()).isEqualTo(60);
        assertThat(rule.at("/targets/0/subject").asString()).isEqualTo("{{ issue.title }}");
        assertThat(rule.at("/project/slug").asString()).isEqualTo(project);
        assertThat(rule.path("sentence").asString()).contains("more than 10 events", "5 minutes", "production");
        assertThat(rule.path("cannot_fire")).isEmpty();
        assertThat(rule.path("fired_by_day")).hasSize(30);
        assertThat(rule.path("last_fired_at").isNull()).isTrue();
        assertThat(API.get(path(rule)).json()).isEqualTo(rule);
        assertThat(API.get("/api/v1/alert-rules?project=" + project).json().path("results"))
                .containsExactly(rule);
    }

    @Test
    void aRuleThatDoesAndTellsTheSameIsRefusedWithTheOther() {
        String project = project("alerts-duplicate");
        long first = add(project, RULE, MAIL).json().path("id").asLong();

        Reply again = add(project, RULE.replace("Many errors", "By another name"), MAIL);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().at("/details/duplicate_of").asString()).isEqualTo(String.valueOf(first));
        assertThat(add(project, RULE, MAIL.replace("ops", "dev")).status()).isEqualTo(201);
        assertThat(add(project, RULE.replace("60", "61"), MAIL).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            "threshold": 10   ; "threshold": -1        ; rule.conditions[0].threshold  ; expected: 0
            "window_minutes": 5; "window_minutes": 0   ; rule.conditions[0].window_minutes; expected: 1
            "frequency"       ; "often"                ; rule.conditions[0].type       ; frequency
            "Many errors"     ; " "                    ; rule.name                     ; blank
            "interval_minutes": 60; "interval_minutes": 0; rule.interval_minutes      ; expected: 1
            "browser"         ; ""                     ; rule.filters[1].key           ; must not be empty
            """)
    void whatNoRuleCanSayIsRefusedByItsField(String part, String other, String field, String message) {
        String project = projectOnce("alerts-refused");

        Reply reply = add(project, RULE.replace(part, other), MAIL);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("details").path(field).asString(""))
                .as(reply.text())
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"type": "email", "value": "ops"}                                        ; targets[0].value   ; an e-mail address
            {"type": "email", "value": "a@b.c\\r\\nBcc: x@y.z"}                        ; targets[0].value   ; an e-mail address
            {"type": "webhook", "value": "ftp://example.com"}                        ; targets[0].value   ; http
            {"type": "user", "value": "999999999"}                                   ; targets[0].value   ; id of a user
            {"type": "assignee", "value": "me"}                                      ; targets[0].value   ; none
            {"type": "pigeon", "value": "coop"}                                      ; targets[0].type    ; ms_teams
            {"type": "email", "value": "a@b.c", "subject": "{{ issue.nothing }}"}    ; targets[0].subject ; line 1, column
            {"type": "email", "value": "a@b.c", "body": "{% if issue.title %}"}      ; targets[0].body    ; line 1, column
            """)
    void whoCannotBeToldIsRefusedByItsField(String target, String field, String message) {
        String project = projectOnce("alerts-targets-refused");

        Reply reply = add(project, RULE, target);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("details").path(field).asString(""))
                .as(reply.text())
                .contains(message);
    }

    @Test
    void onlyARuleThatIsOffMayTellNobody() {
        String project = project("alerts-nobody");
        String nobody = "{\"rule\": %s, \"enabled\": %s, \"targets\": []}";

        assertThat(API.post(rules(project), nobody.formatted(RULE, true)).status())
                .isEqualTo(400);
        Reply off = API.post(rules(project), nobody.formatted(RULE, false));
        assertThat(off.status()).isEqualTo(201);
        assertThat(API.post(path(off.json()) + "/enable", "").status()).isEqualTo(400);
    }

    @Test
    void secretsAreKeptAndNeverShown() {
        String project = project("alerts-secrets");
        JsonNode rule = add(project, RULE, """
                {"type": "webhook", "value": "https://hooks.example/a", "secret": "sesame"}""").json();
        assertThat(rule.toString()).doesNotContain("sesame").contains("\"has_secret\":true");
        String kept = "{\"id\": %s, \"type\": \"webhook\", \"value\": \"https://hooks.example/b\"}"
                .formatted(rule.at("/targets/0/id"));

        JsonNode changed = replace(rule, true, kept).json();

        assertThat(changed.at("/targets/0/id")).isEqualTo(rule.at("/targets/0/id"));
        assertThat(changed.at("/targets/0/value").asString()).isEqualTo("https://hooks.example/b");
        assertThat(changed.at("/targets/0/has_secret").asBoolean()).isTrue();
        assertThat(secrets(rule)).containsExactly("sesame");
        assertThat(replace(changed, true, kept.replace("}", ", \"secret\": \"\"}"))
                        .json()
                        .at("/targets/0/has_secret")
                        .asBoolean())
                .isFalse();
        assertThat(API.database()
                        .sql("SELECT count(*) FROM audit_log WHERE concat(before, after) LIKE '%sesame%'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void changesNameTheRevisionThatTheyChangeAndAreOnRecord() {
        String project = project("alerts-change");
        JsonNode rule = add(project, RULE, MAIL).json();

        JsonNode off = replace(rule, false, MAIL).json();

        assertThat(off.path("enabled").asBoolean()).isFalse();
        assertThat(off.path("revision").asLong()).isEqualTo(2);
        assertThat(replace(rule, true, MAIL).status()).as("somebody was faster").isEqualTo(409);
        assertThat(API.post(path(rule) + "/enable", "").json().path("enabled").asBoolean())
                .isTrue();
        assertThat(API.post(path(rule) + "/disable", "").json().path("enabled").asBoolean())
                .isFalse();
        assertThat(API.delete(path(rule)).status()).isEqualTo(204);
        assertThat(API.get(path(rule)).status()).isEqualTo(404);
        assertThat(API.database()
                        .sql(
                                "SELECT action FROM audit_log WHERE object_type = 'alert_rule' AND object_id = :id ORDER BY id")
                        .param("id", rule.path("id").asString())
                        .query(String.class)
                        .list())
                .containsExactly(
                        "alert_rule.created",
                        "alert_rule.changed",
                        "alert_rule.changed",
                        "alert_rule.changed",
                        "alert_rule.deleted");
    }

    @Test
    void whatCanNeverFireIsSaid() {
        String project = project("alerts-never");

        JsonNode rule = add(project, """
                {"name": "Never", "condition_match": "all", "conditions": [{"type": "new_issue"}, {"type": "regression"}]}""", MAIL).json();

        assertThat(rule.path("cannot_fire")).isNotEmpty();
    }

    @Test
    void firingsAreListedByRuleAndIssueAndTellWhatHoldsNow() {
        String project = project("alerts-firings");
        long projectId = id(project);
        JsonNode rule = add(project, RULE, MAIL).json();
        Instant now = Instant.now();
        long open = ROWS.issue(projectId, "Open", now, "unresolved");
        long resolved = ROWS.issue(projectId, "Resolved", now, "resolved");
        fire(projectId, rule, open, 10);
        fire(projectId, rule, resolved, 11);
        fire(projectId, rule, open, 61);
        fire(projectId, rule, open, 24 * 60);

        assertThat(titles("/api/v1/alert-firings?project=" + project))
                .containsExactly("Open", "Resolved", "Open", "Open");
        assertThat(titles("/api/v1/alert-firings?limit=1&project=" + project)).containsExactly("Open");
        assertThat(titles("/api/v1/alert-firings?issue=" + resolved)).containsExactly("Resolved");
        assertThat(titles(path(rule) + "/firings")).hasSize(4);
        assertThat(titles("/api/v1/alert-firings?now=true&project=" + project))
                .as("within the hour of the rule's interval, and not resolved")
                .containsExactly("Open");
        JsonNode days = API.get(path(rule)).json().path("fired_by_day");
        assertThat(days.valueStream().mapToLong(JsonNode::asLong).sum()).isEqualTo(4);
        JsonNode firing = API.get("/api/v1/alert-firings?issue=" + open).json().at("/results/0");
        assertThat(firing.path("reason").asString()).isEqualTo("11 events in 5 minutes (more than 10)");
        assertThat(firing.at("/observed/count").asLong()).isEqualTo(11);
        assertThat(API.get(path(rule)).json().path("last_fired_at").asString())
                .isEqualTo(firing.path("fired_at").asString());
        API.delete(path(rule));
        assertThat(titles("/api/v1/alert-firings?issue=" + open))
                .as("what happened stays on record")
                .hasSize(3);
        assertThat(titles("/api/v1/alert-firings?now=true&project=" + project)).isEmpty();
    }

    @Test
    void snoozesAreForMeOrEveryoneOfARuleAnIssueOrAll() {
        String project = project("alerts-snooze");
        long issue = ROWS.issue(id(project), "Snoozed", Instant.now(), "unresolved");
        JsonNode rule = add(project, RULE, MAIL).json();
        String ofRule = "{\"rule\": %s, \"minutes\": 60}".formatted(rule.path("id"));

        JsonNode made = API.post("/api/v1/alert-snoozes", ofRule).json();
        API.post("/api/v1/alert-snoozes", "{\"issue\": %d}".formatted(issue));
        API.post(
                "/api/v1/alert-snoozes",
                "{\"project\": \"%s\", \"until\": \"2099-01-01T00:00:00Z\"}".formatted(project));

        assertThat(made.path("who").asString()).isEqualTo("everyone");
        assertThat(Instant.parse(made.path("until").asString())).isAfter(Instant.now());
        assertThat(snoozes("project=" + project))
                .containsExactly(
                        "null " + issue + " null",
                        "null null 2099-01-01T00:00:00Z",
                        rule.path("id") + " null " + made.path("until").asString());
        assertThat(snoozes("issue=" + issue)).hasSize(3);
        assertThat(API.delete("/api/v1/alert-snoozes?rule=" + rule.path("id")).status())
                .isEqualTo(204);
        assertThat(API.delete("/api/v1/alert-snoozes?issue=" + issue).status()).isEqualTo(204);
        assertThat(snoozes("project=" + project)).containsExactly("null null 2099-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"minutes": 5}                                                           ; rule
            {"project": "%s", "minutes": 5, "until": "2099-01-01T00:00:00Z"}         ; until
            {"project": "%s", "until": "2000-01-01T00:00:00Z"}                       ; until
            {"project": "%s", "minutes": 0}                                          ; minutes
            {"project": "%s", "who": "nobody"}                                       ; who
            """)
    void aSnoozeOfNothingIsRefused(String snooze, String field) {
        String project = projectOnce("alerts-snooze-refused");

        Reply reply = API.post("/api/v1/alert-snoozes", snooze.replace("%s", project));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("details").has(field)).as(reply.text()).isTrue();
    }

    private static void fire(long project, JsonNode rule, long issue, int minutesAgo) {
        API.database()
                .sql("""
                        INSERT INTO alert_firings (project_id, rule_id, rule_name, issue_id, title, fired_at, reason, observed)
                        SELECT :project, :rule, 'Many errors', :issue, title, now() - :minutes * interval '1 minute',
                               '11 events in 5 minutes (more than 10)', '{"count": 11}'
                        FROM issues WHERE id = :issue
                        """)
                .param("project", project)
                .param("rule", rule.path("id").asLong())
                .param("issue", issue)
                .param("minutes", minutesAgo)
                .update();
    }

    private static List<String> titles(String path) {
        Reply reply = API.get(path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json()
                .path("results")
                .valueStream()
                .map(firing -> firing.path("title").asString())
                .toList();
    }

    private static List<String> snoozes(String query) {
        return API.get("/api/v1/alert-snoozes?" + query)
                .json()
                .path("results")
                .valueStream()
                .map(snooze -> "%s %s %s"
                        .formatted(
                                snooze.path("rule"),
                                snooze.path("issue"),
                                snooze.path("until").asString("null")))
                .toList();
    }

    private static List<String> secrets(JsonNode rule) {
        return API.database()
                .sql("SELECT secret FROM alert_targets WHERE rule_id = :rule")
                .param("rule", rule.path("id").asLong())
                .query(String.class)
                .list();
    }

    private static Reply replace(JsonNode rule, boolean enabled, String target) {
        return API.put(
                path(rule),
                "{\"rule\": %s, \"enabled\": %s, \"targets\": [%s], \"revision\": %s}"
                        .formatted(rule.path("rule"), enabled, target, rule.path("revision")));
    }

    private static Reply add(String project, String rule, String target) {
        return API.post(rules(project), "{\"rule\": %s, \"targets\": [%s]}".formatted(rule, target));
    }

    private static String rules(String project) {
        return "/api/v1/alert-rules?project=" + project;
    }

    private static String path(JsonNode rule) {
        return "/api/v1/alert-rules/" + rule.path("id");
    }

    private static String project(String slug) {
        ROWS.project(slug);
        return slug;
    }

    private static String projectOnce(String slug) {
        return API.get("/api/v1/alert-rules?project=" + slug).status() == 200 ? slug : project(slug);
    }

    private static long id(String slug) {
        return API.database()
                .sql("SELECT id FROM projects WHERE slug = :slug")
                .param("slug", slug)
                .query(Long.class)
                .single();
    }
}
