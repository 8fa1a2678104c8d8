package dev.resentry.query.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.alert.AlertTargets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Alert rules as scripts write them: what is written reads back the same, and what cannot be said here is refused by its place. */
@Timeout(120)
class SentryRulesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String METRICS = "/api/0/organizations/default/alert-rules/";
    private static final String MAIL = """
            {"id": "sentry.mail.actions.NotifyEmailAction", "targetType": "IssueOwners", "targetIdentifier": "",
             "fallthroughType": "ActiveMembers"}""";

    @Test
    void aRuleReadsBackAsItWasWritten() {
        String rules = rules("ruled");
        String written = """
                {"name": "Broken checkout", "environment": "production", "owner": null, "frequency": 60,
                 "actionMatch": "any", "filterMatch": "none", "projects": ["ruled"],
                 "conditions": [
                   {"id": "sentry.rules.conditions.first_seen_event.FirstSeenEventCondition"},
                   {"id": "sentry.rules.conditions.regression_event.RegressionEventCondition"},
                   {"id": "sentry.rules.conditions.reappeared_event.ReappearedEventCondition"},
                   {"id": "sentry.rules.conditions.every_event.EveryEventCondition"},
                   {"id": "sentry.rules.conditions.event_frequency.EventFrequencyCondition",
                    "value": 100, "interval": "5m", "comparisonType": "count"},
                   {"id": "sentry.rules.conditions.event_frequency.EventUniqueUserFrequencyCondition",
                    "value": 50, "interval": "1h", "comparisonType": "percent", "comparisonInterval": "1d"}],
                 "filters": [
                   {"id": "sentry.rules.filters.age_comparison.AgeComparisonFilter",
                    "comparison_type": "newer", "value": 7, "time": "day"},
                   {"id": "sentry.rules.filters.issue_occurrences.IssueOccurrencesFilter", "value": 10},
                   {"id": "sentry.rules.filters.assigned_to.AssignedToFilter", "targetType": "Unassigned"},
                   {"id": "sentry.rules.filters.latest_release.LatestReleaseFilter"},
                   {"id": "sentry.rules.filters.event_attribute.EventAttributeFilter",
                    "attribute": "exception.type", "match": "nsw", "value": "Card"},
                   {"id": "sentry.rules.filters.tagged_event.TaggedEventFilter", "key": "role", "match": "in", "value": "a,b"},
                   {"id": "sentry.rules.filters.tagged_event.TaggedEventFilter", "key": "role", "match": "is"},
                   {"id": "sentry.rules.filters.level.LevelFilter", "match": "gte", "level": "40"}],
                 "actions": [
                   {"id": "sentry.mail.actions.NotifyEmailAction", "targetType": "IssueOwners", "targetIdentifier": "",
                    "fallthroughType": "ActiveMembers"},
                   {"id": "sentry.mail.actions.NotifyEmailAction", "targetType": "Member", "targetIdentifier": "%d"},
                   {"id": "resentry.actions.email", "value": "ops@example.com"}]}
                """.formatted(admin());

        Reply made = API.post(rules, written);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String rule = rules + made.json().path("id").asString() + "/";
        JsonNode read = API.get(rule).json();
        assertThat(plain(read)).isEqualTo(JSON.readTree(written));
        assertThat(read.path("status").asString()).isEqualTo("active");
        assertThat(read.path("dateCreated").asString()).endsWith("Z");
        assertThat(read.at("/conditions/0/name").isString()).isTrue();
        assertThat(API.get(rules).json().path(0)).isEqualTo(read);

        Reply again = API.put(rule, read.toString());
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(read);

        Reply off = API.put(
                rule,
                ((ObjectNode) read.deepCopy())
                        .put("status", "disabled")
                        .put("name", "Off")
                        .toString());
        assertThat(off.json().path("status").asString()).isEqualTo("disabled");
        assertThat(API.put(rule, simple("Off", MAIL)).json().path("status").asString())
                .as("what is not said of it")
                .isEqualTo("disabled");
        assertThat(API.delete(rule).status()).isEqualTo(202);
        assertThat(API.get(rule).status()).isEqualTo(404);
    }

    @Test
    void numbersMayBeTextsAndASecondRuleThatDoesTheSameIsRefused() {
        String rules = rules("ruled-by-text");
        String written = """
                {"name": "%s", "frequency": "5", "actionMatch": "all", "actions": [%s], "conditions": [
                  {"id": "sentry.rules.conditions.event_frequency.EventFrequencyCondition", "value": "7", "interval": "1m"}]}
                """;
        Reply made = API.post(rules, written.formatted("One", MAIL));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().at("/conditions/0/value").asLong()).isEqualTo(7);
        assertThat(made.json().path("frequency").asLong()).isEqualTo(5);

        Reply twin = API.post(rules, written.formatted("Other", MAIL));
        assertThat(twin.status()).isEqualTo(400);
        assertThat(twin.json().path("detail").asString())
                .startsWith("name: ")
                .contains("exact duplicate of rule " + made.json().path("id").asString());
        assertThat(twin.json().at("/name/0").asString()).startsWith("This rule is an exact duplicate of ");
        assertThat(twin.json().at("/ruleId/0").asLong())
                .isEqualTo(made.json().path("id").asLong());
    }

    @Test
    void addressesStayThoughTheyAreNotShown() {
        String rules = rules("ruled-by-address");
        String hook = "https://hooks.example.com/secret";
        Reply made = API.post(
                rules, simple("Posted", "{\"id\": \"resentry.actions.webhook\", \"value\": \"" + hook + "\"}"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).doesNotContain("secret");

        String id = made.json().path("id").asString();
        Reply renamed = API.put(
                rules + id + "/",
                ((ObjectNode) made.json()).put("name", "Renamed").toString());

        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
        JsonNode ours = API.get("/api/v1/alert-rules/" + id).json();
        assertThat(ours.at("/rule/name").asString()).isEqualTo("Renamed");
        assertThat(ours.at("/targets/0/value").asString()).isEqualTo(hook);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "conditions[0].id | conditions | {'id': 'sentry.rules.conditions.high_priority_issue.NewHighPriorityIssueCondition'}",
                "conditions[0].id | conditions | {'id': 'sentry.rules.filters.level.LevelFilter', 'match': 'gte', 'level': '40'}",
                "conditions[0].interval | conditions | {'id': 'sentry.rules.conditions.event_frequency.EventFrequencyCondition', 'value': 1}",
                "conditions[0].value | conditions | {'id': 'sentry.rules.conditions.event_frequency.EventFrequencyCondition', 'value': 'x', 'interval': '1m'}",
                "filters[0].id | filters | {'id': 'sentry.rules.filters.issue_category.IssueCategoryFilter', 'value': 1}",
                "filters[0].attribute | filters | {'id': 'sentry.rules.filters.event_attribute.EventAttributeFilter', 'attribute': 'x', 'match': 'eq', 'value': 'y'}",
                "filters[0].match | filters | {'id': 'sentry.rules.filters.tagged_event.TaggedEventFilter', 'key': 'a', 'match': '~', 'value': 'y'}",
                "actions[0].id | actions | {'id': 'sentry.integrations.slack.notify_action.SlackNotifyServiceAction', 'channel': '#x'}",
                "actions[0].fallthroughType | actions | {'id': 'sentry.mail.actions.NotifyEmailAction', 'targetType': 'IssueOwners', 'fallthroughType': 'NoOne'}",
                "actions[0].targetIdentifier | actions | {'id': 'sentry.mail.actions.NotifyEmailAction', 'targetType': 'Team', 'targetIdentifier': 987654}",
                "actions[0].value | actions | {'id': 'sentry.rules.actions.notify_event_service.NotifyEventServiceAction', 'service': 'webhooks'}"
            })
    void whatCannotBeSaidIsRefusedByItsPlace(String place, String list, String node) {
        ObjectNode rule = (ObjectNode) JSON.readTree(simple("Refused", MAIL));
        rule.putArray(list).add(JSON.readTree(node.replace('\'', '"')));

        Reply refused = API.post(rules("ruled-out"), rule.toString());

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().properties()).hasSize(1);
        assertThat(refused.json().path("detail").asString()).startsWith(place + ": ");
    }

    @Test
    void aRuleNeedsANameAConditionAndAnAction() {
        String rules = rules("ruled-empty");
        for (String field : List.of("name", "conditions", "actions")) {
            ObjectNode rule = (ObjectNode) JSON.readTree(simple("Whole", MAIL));
            rule.remove(field);
            Reply refused = API.post(rules, rule.toString());
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.json().path("detail").asString()).startsWith(field + ": ");
        }
        ObjectNode silent = (ObjectNode) JSON.readTree(simple("Silent", MAIL));
        silent.putArray("actions");
        assertThat(API.post(rules, silent.toString()).json().at("/actions/0").asString())
                .isEqualTo("You must add an action for this alert to fire.");
        ArrayNode many = silent.putArray("actions");
        for (int i = 0; i <= AlertTargets.MOST; i++) {
            many.add(JSON.readTree(MAIL));
        }
        assertThat(API.post(rules, silent.toString()).json().path("detail").asString())
                .isEqualTo("actions: 21 of them (expected: 20 at most)");
        ObjectNode owned = (ObjectNode) JSON.readTree(simple("Owned", MAIL));
        assertThat(API.post(rules, owned.put("owner", "team:1").toString()).text())
                .contains("owner");
        assertThat(API.post(rules, "[]").status()).isEqualTo(400);
    }

    @Test
    void aRuleOfCrashFreeSessionsIsARuleOfMetrics() {
        String rules = rules("measured");
        String written = """
                {"name": "Crashing", "aggregate": "percentage(sessions_crashed, sessions) AS _crash_rate_alert_aggregate",
                 "dataset": "metrics", "query": "", "eventTypes": [], "timeWindow": 60, "environment": null, "projects": ["measured"],
                 "owner": null, "thresholdType": 1, "resolveThreshold": null, "comparisonDelta": null,
                 "triggers": [{"label": "critical", "alertThreshold": 98.5, "actions": [
                   {"type": "email", "targetType": "user", "targetIdentifier": "%d", "integrationId": null},
                   {"type": "email", "targetType": "specific", "targetIdentifier": "ops@example.com", "integrationId": null}]}]}
                """.formatted(admin());

        Reply made = API.post(METRICS, written);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().path("id").asString();
        JsonNode read = API.get(METRICS + id + "/").json();
        JsonNode sent = JSON.readTree(written);
        for (String field : sent.propertyNames()) {
            if (!field.equals("triggers")) {
                assertThat(read.path(field)).as(field).isEqualTo(sent.path(field));
            }
        }
        assertThat(read.at("/triggers/0/alertThreshold").asDouble()).isEqualTo(98.5);
        assertThat(read.at("/triggers/0/actions")).hasSize(2);
        assertThat(read.at("/triggers/0/actions/1/targetIdentifier").asString()).isEqualTo("ops@example.com");
        assertThat(read.path("minimum").asLong()).isEqualTo(50);

        ObjectNode changed = (ObjectNode) read.deepCopy();
        Reply put = API.put(METRICS + id + "/", changed.put("timeWindow", 30).toString());
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.json().path("timeWindow").asLong()).isEqualTo(30);
        assertThat(put.json().path("triggers")).isEqualTo(read.path("triggers"));

        Reply other = API.post(rules, simple("Of issues in measured", MAIL));
        String combined = "/api/0/organizations/default/combined-rules/?project=measured";
        JsonNode ofMetrics = API.get(METRICS + "?project=measured").json();
        assertThat(ofMetrics).hasSize(1);
        assertThat(ofMetrics.at("/0/name").asString()).isEqualTo("Crashing");
        assertThat(API.get(combined).json()).hasSize(2);
        JsonNode ofIssues = API.get(combined + "&alertType=rule").json();
        assertThat(ofIssues).hasSize(1);
        assertThat(ofIssues.at("/0/type").asString()).isEqualTo("rule");
        assertThat(API.get(combined + "&alertType=alert_rule&name=CRASH").json())
                .hasSize(1);
        assertThat(API.get(METRICS + other.json().path("id").asString() + "/").status())
                .isEqualTo(404);

        assertThat(API.delete(METRICS + id + "/").status()).isEqualTo(204);
        assertThat(API.get(METRICS + id + "/").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aggregate | 'count()'",
                "query | 'level:error'",
                "thresholdType | 0",
                "comparisonDelta | 60",
                "projects | []",
                "triggers | [{'label': 'warning', 'alertThreshold': 99, 'actions': []}]",
                "triggers | []"
            })
    void aFigureThatThereIsNotIsRefused(String wrong) {
        ObjectNode rule = (ObjectNode) JSON.readTree("""
                {"name": "Refused", "aggregate": "percentage(users_crashed, users)", "timeWindow": 60, "projects": ["ruled-out"],
                 "triggers": [{"alertThreshold": 99, "actions": [
                   {"type": "email", "targetType": "specific", "targetIdentifier": "a@example.com"}]}]}
                """);
        rules("ruled-out");
        String field = wrong.substring(0, wrong.indexOf(' '));
        rule.set(field, JSON.readTree(wrong.substring(wrong.indexOf('|') + 1).replace('\'', '"')));

        Reply refused = API.post(METRICS, rule.toString());

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("detail").asString()).startsWith(field);
    }

    @Test
    void workflowsAreFoundByNameOverAllPages() {
        String rules = rules("ruled-by-name");
        for (String event : List.of(
                "first_seen_event.FirstSeenEvent", "regression_event.RegressionEvent", "every_event.EveryEvent")) {
            String name = event.startsWith("first") ? "Wanted one" : "Other " + event.charAt(0);
            assertThat(API.post(rules, simple(name, MAIL).replace("first_seen_event.FirstSeenEvent", event))
                            .status())
                    .isEqualTo(201);
        }
        JsonNode found = API.get(
                        "/api/0/organizations/default/workflows/?projectSlug=ruled-by-name&per_page=1&query=name:\"*wanted*\""
                                .replace("\"", "%22"))
                .json();

        assertThat(found.findValuesAsString("name")).contains("Wanted one");
        assertThat(found).hasSize(1);
    }

    private static String rules(String project) {
        if (API.get("/api/0/projects/default/" + project + "/").status() == 404) {
            ROWS.project(project);
        }
        return "/api/0/projects/default/" + project + "/rules/";
    }

    private static String simple(String name, String action) {
        return """
                {"name": "%s", "frequency": 30, "actionMatch": "any", "filterMatch": "all", "filters": [], "actions": [%s],
                 "conditions": [{"id": "sentry.rules.conditions.first_seen_event.FirstSeenEventCondition"}]}
                """.formatted(name, action);
    }

    private static long admin() {
        return API.database()
                .sql("SELECT id FROM users WHERE email = 'admin@localhost'")
                .query(Long.class)
                .single();
    }

    /** What was written of a rule, without what the server says of it. */
    private static JsonNode plain(JsonNode read) {
        ObjectNode plain = (ObjectNode) read.deepCopy();
        plain.remove(List.of("id", "status", "createdBy", "dateCreated", "lastTriggered", "snooze", "type"));
        for (String list : List.of("conditions", "filters", "actions")) {
            plain.path(list).forEach(node -> ((ObjectNode) node).remove(List.of("name", "uuid")));
        }
        return plain;
    }
}
