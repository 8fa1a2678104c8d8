package dev.resentry.query.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The API of Sentry by the fields that its clients insist on (web API, section 1). */
@Timeout(120)
class SentryApiIT {
    private static final RunningApi API = RunningApi.shared();
    private static final String ORGANIZATION = "/api/0/organizations/default/";
    private static Instant at;
    private static final StoredRows ROWS = new StoredRows(API.database());

    private static long project;
    private static long issue;
    private static UUID event;

    @BeforeAll
    static void seed() {
        at = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);
        project = ROWS.project("served");
        issue = ROWS.issue(project, "IllegalStateException: Checkout failed", at, "unresolved");
        API.database()
                .sql("UPDATE issues SET error_type = 'IllegalStateException' WHERE id = :id")
                .param("id", issue)
                .update();
        ROWS.hour(project, issue, at.truncatedTo(ChronoUnit.HOURS), "staging", 3);
        UUID envelope = ROWS.envelope(project, at, "envelope", null, "{}\n".getBytes(UTF_8));
        event = ROWS.event(project, issue, envelope, at, """
                {"logentry": {"formatted": "Cart 7"}, "user": {"id": "7", "email": "ada@example.com"},
                 "exception": {"values": [{"type": "IllegalStateException", "value": "Checkout failed",
                   "mechanism": {"type": "generic", "handled": false},
                   "stacktrace": {"frames": [{"function": "checkout", "filename": "shop/cart.py", "lineno": 7, "in_app": true,
                     "pre_context": ["a = 1"], "context_line": "fail()", "post_context": ["b = 2"]}]}}]},
                 "breadcrumbs": {"values": [{"category": "http", "timestamp": 1795000000.5}]},
                 "request": {"url": "https://shop.example.com/cart", "method": "GET", "query_string": "a=1&b=2"},
                 "contexts": {"os": {"name": "Linux"}}, "sdk": {"name": "sentry.java", "version": "8"}}
                """);
        ROWS.countTags(issue);
    }

    @Test
    void listsOfIssuesHaveWhatClientsDecode() {
        JsonNode found = API.get(
                        ORGANIZATION + "issues/?query=is:unresolved&project=" + project + "&limit=1&statsPeriod=24h")
                .json()
                .path(0);

        assertThat(found.path("id").asString()).isEqualTo(String.valueOf(issue));
        assertThat(found.path("shortId").asString()).startsWith("SERVED-");
        assertThat(found.path("count").isString()).isTrue();
        assertThat(found.path("count").asString()).isEqualTo("3");
        assertThat(found.path("userCount").isNumber()).isTrue();
        assertThat(found.path("lastSeen").asString()).endsWith("Z");
        assertThat(found.path("permalink").asString()).matches("http://.*/organizations/default/issues/\\d+/");
        assertThat(found.at("/project/slug").asString()).isEqualTo("served");
        assertThat(found.at("/project/id").isString()).isTrue();
        assertThat(found.path("assignedTo").isNull()).isTrue();
        assertThat(found.at("/metadata/type").asString()).isEqualTo("IllegalStateException");
        assertThat(found.at("/stats/24h")).hasSize(24);
        assertThat(found.at("/stats/24h/23/1").asLong()
                        + found.at("/stats/24h/22/1").asLong())
                .isEqualTo(3);
    }

    @Test
    void anAbsentQueryIsOfUnresolvedIssuesAndAnEmptyOneOfAll() {
        long of = ROWS.project("queried");
        ROWS.issue(of, "open", at, "unresolved");
        ROWS.issue(of, "done", at, "resolved");
        String list = "/api/0/projects/default/queried/issues/";

        assertThat(API.get(list).json()).hasSize(1);
        assertThat(API.get(list + "?query=&cursor=").json()).hasSize(2);
        Reply wrong = API.get(list + "?query=is:nonsense");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().properties()).hasSize(1);
        assertThat(wrong.json().path("detail").isString()).isTrue();
    }

    @Test
    void pagesLeadToTheNext() {
        long of = ROWS.project("sentry-paged");
        ROWS.issue(of, "one", at, "unresolved");
        ROWS.issue(of, "two", at.minusSeconds(1), "unresolved");

        Reply first = API.get("/api/0/projects/default/sentry-paged/issues/?query=&limit=1");
        String link = first.header("Link");
        assertThat(link).contains("rel=\"previous\"; results=\"false\"").contains("rel=\"next\"; results=\"true\"");
        String next = link.replaceAll("(?s).*<([^>]*)>; rel=\"next\".*", "$1").replaceFirst("^http://[^/]*", "");
        Reply second = API.get(next);

        assertThat(second.json().path(0).path("title").asString()).isEqualTo("two");
        assertThat(second.header("Link")).contains("rel=\"next\"; results=\"false\"");
    }

    @Test
    void anEventIsFoundByItsIdAsAQuery() {
        Reply hit = API.get(ORGANIZATION + "issues/?query=" + StoredRows.hex(event));

        assertThat(hit.header("X-Sentry-Direct-Hit")).isEqualTo("1");
        assertThat(hit.json().path(0).path("matchingEventId").asString()).isEqualTo(StoredRows.hex(event));
    }

    @Test
    void anIssueIsKnownByItsIdAndItsShortId() {
        JsonNode byId = API.get(ORGANIZATION + "issues/" + issue + "/").json();
        String shortId = byId.path("shortId").asString();
        JsonNode byShortId = API.get(ORGANIZATION + "issues/" + shortId + "/").json();
        JsonNode looked = API.get(ORGANIZATION + "shortids/" + shortId + "/").json();

        assertThat(byShortId.path("id").asString()).isEqualTo(byId.path("id").asString());
        assertThat(byId.path("activity").path(0).path("type").asString()).isEqualTo("first_seen");
        assertThat(byId.path("tags").isArray()).isTrue();
        assertThat(looked.at("/group/id").asString()).isEqualTo(String.valueOf(issue));
        assertThat(looked.path("projectSlug").asString()).isEqualTo("served");
        Reply unknown = API.get(ORGANIZATION + "issues/999999999/");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("detail").isString()).isTrue();
    }

    @Test
    void anEventHasEntriesAndFramesInTheirForm() {
        for (String named : new String[] {"latest", "oldest", "recommended", StoredRows.hex(event)}) {
            JsonNode found = API.get(ORGANIZATION + "issues/" + issue + "/events/" + named + "/")
                    .json();

            assertThat(found.path("eventID").asString()).isEqualTo(StoredRows.hex(event));
            assertThat(found.path("dateCreated").asString()).endsWith("Z");
            assertThat(found.path("entries")
                            .valueStream()
                            .map(one -> one.path("type").asString()))
                    .containsExactly("message", "exception", "breadcrumbs", "request");
            JsonNode frame = found.at("/entries/1/data/values/0/stacktrace/frames/0");
            assertThat(frame.path("lineNo").asInt()).isEqualTo(7);
            assertThat(frame.path("context").toString()).isEqualTo("[[6,\"a = 1\"],[7,\"fail()\"],[8,\"b = 2\"]]");
            assertThat(found.at("/entries/3/data/query").toString()).isEqualTo("[[\"a\",\"1\"],[\"b\",\"2\"]]");
            assertThat(found.path("tags").path(0).path("key").asString()).isEqualTo("role");
            assertThat(found.path("tags").findValuesAsString("key"))
                    .as("fields that Sentry shows among the tags")
                    .contains("level");
        }
        assertThat(API.get("/api/0/projects/default/served/events/")
                        .json()
                        .path(0)
                        .path("eventID")
                        .asString())
                .isEqualTo(StoredRows.hex(event));
        assertThat(API.get(ORGANIZATION + "eventids/" + StoredRows.hex(event) + "/")
                        .json()
                        .path("groupId")
                        .asString())
                .isEqualTo(String.valueOf(issue));
    }

    @Test
    void issuesAreChangedOneByOneAndTogether() {
        long of = ROWS.project("changed");
        long one = ROWS.issue(of, "one", at, "unresolved");
        long other = ROWS.issue(of, "other", at, "unresolved");
        String list = "/api/0/projects/default/changed/issues/";

        Reply resolved = API.put(ORGANIZATION + "issues/" + one + "/", "{\"status\": \"resolved\"}");
        assertThat(resolved.status()).as(resolved.text()).isEqualTo(200);
        assertThat(resolved.json().path("status").asString()).isEqualTo("resolved");
        assertThat(resolved.json().path("title").asString()).isEqualTo("one");

        Reply muted = API.put(list + "?id=" + other, "{\"status\": \"muted\", \"snoozeDuration\": null}");
        assertThat(muted.json().path("status").asString()).isEqualTo("ignored");
        assertThat(API.put(list + "?id=987654321", "{\"status\": \"resolved\"}").status())
                .isEqualTo(204);

        Reply ignored = API.put(
                ORGANIZATION + "issues/" + one + "/",
                "{\"status\": \"ignored\", \"substatus\": \"archived_until_condition_met\", \"ignoreCount\": 10}");
        assertThat(ignored.json().at("/statusDetails/ignoreCount").asLong()).isEqualTo(10);
        Reply assigned = API.put(ORGANIZATION + "issues/" + one + "/", "{\"assignedTo\": \"admin@localhost\"}");
        assertThat(assigned.json().at("/assignedTo/type").asString()).isEqualTo("user");
        assertThat(API.put(ORGANIZATION + "issues/" + one + "/", "{\"isBookmarked\": true}")
                        .status())
                .isEqualTo(400);

        Reply merged = API.put(ORGANIZATION + "issues/?id=" + one + "&id=" + other, "{\"merge\": 1}");
        assertThat(merged.status()).as(merged.text()).isEqualTo(200);
        assertThat(merged.json().at("/merge/children")).hasSize(1);
    }

    @Test
    void notesAreActivity() {
        String notes = ORGANIZATION + "issues/" + issue + "/notes/";
        Reply made = API.post(notes, "{\"text\": \"Seen it\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("type").asString()).isEqualTo("note");
        assertThat(API.get(notes).json().path(0).at("/data/text").asString()).isEqualTo("Seen it");
        assertThat(API.get(ORGANIZATION + "issues/" + issue + "/activities/")
                        .json()
                        .path("activity"))
                .isNotEmpty();
        assertThat(API.delete(notes + made.json().path("id").asString() + "/").status())
                .isEqualTo(204);
    }

    @Test
    void tagsHaveTheirValues() {
        JsonNode tag = API.get(ORGANIZATION + "issues/" + issue + "/tags/role/").json();

        assertThat(tag.path("totalValues").asLong()).isEqualTo(1);
        assertThat(tag.at("/topValues/0/value").asString()).isEqualTo("admin");
        assertThat(tag.at("/topValues/0/count").asLong()).isEqualTo(1);
    }

    @Test
    void theValuesOfATagAreCountedThoughFewerAreShown() {
        long of = ROWS.project("tagged");
        long tagged = ROWS.issue(of, "tagged", at, "unresolved");
        API.database().sql("""
                        INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)
                        SELECT :issue, 'host', 'web-' || n, :project, 1, now() FROM generate_series(1, 150) AS n
                        """).param("issue", tagged).param("project", of).update();

        String tags = ORGANIZATION + "issues/" + tagged + "/tags/";
        for (JsonNode tag :
                List.of(API.get(tags).json().path(0), API.get(tags + "host/").json())) {
            assertThat(tag.path("uniqueValues").asLong()).isEqualTo(150);
            assertThat(tag.path("topValues")).hasSize(10);
        }
    }

    @Test
    void discoverAnswersByTheFieldsAsTheyWereSent() {
        JsonNode rows = API.get(ORGANIZATION
                        + "events/?field=title&field=project&field=timestamp&dataset=errors&query=level:error"
                        + "&project=" + project)
                .json();
        assertThat(rows.at("/data/0/project").asString()).isEqualTo("served");
        assertThat(rows.at("/data/0/id").asString()).isEqualTo(StoredRows.hex(event));
        assertThat(rows.at("/meta/fields/timestamp").asString()).isEqualTo("date");

        JsonNode groups = API.get(ORGANIZATION
                        + "events/?field=issue&field=title&field=count()&field=last_seen()&sort=-count&project="
                        + project)
                .json();
        assertThat(groups.at("/data/0").path("count()").asLong()).isEqualTo(1);
        assertThat(groups.at("/data/0").path("issue.id").asLong()).isEqualTo(issue);
        assertThat(groups.at("/data/0").path("last_seen()").isString()).isTrue();

        assertThat(API.get(ORGANIZATION + "events/?field=id&dataset=nonsense")
                        .json()
                        .path("detail")
                        .asString())
                .contains("dataset");
        assertThat(API.get(ORGANIZATION + "events/?field=id&dataset=tracemetrics")
                        .json()
                        .path("data"))
                .isEmpty();
    }

    @Test
    void questionsAreValidatedFieldByField() {
        JsonNode checked = API.get(
                        ORGANIZATION + "events/validate/?dataset=errors&field=title&field=nonsense(&query=level:error")
                .json();

        assertThat(checked.path("valid").asBoolean()).isFalse();
        assertThat(checked.at("/field/0/valid").asBoolean()).isTrue();
        assertThat(checked.at("/field/0").has("error")).isTrue();
        assertThat(checked.at("/field/1/error").isString()).isTrue();
        assertThat(checked.at("/query/valid").asBoolean()).isTrue();
    }

    @Test
    void seriesHaveTheFormThatTheQuestionHas() {
        String stats =
                ORGANIZATION + "events-stats/?statsPeriod=24h&interval=1h&topEvents=5&yAxis=count()&project=" + project;
        JsonNode plain = API.get(stats).json();
        JsonNode grouped = API.get(stats + "&field=level&field=count()").json();

        assertThat(plain.at("/data/0/1/0").has("count")).isTrue();
        assertThat(grouped.at("/error/order").asInt()).isZero();
        assertThat(grouped.at("/error/data")).hasSize(plain.path("data").size());
    }

    @Test
    void newerClientsReadSeriesAsAList() {
        String series = ORGANIZATION + "events-timeseries/?statsPeriod=24h&interval=1h&project=" + project;
        JsonNode plain = API.get(series).json();
        JsonNode grouped = API.get(
                        series + "&yAxis=count()&yAxis=count_unique(user)&groupBy=level&groupBy=project.name")
                .json();

        assertThat(plain.at("/meta/dataset").asString()).isEqualTo("errors");
        JsonNode counts = plain.at("/timeSeries/0");
        assertThat(counts.path("yAxis").asString()).isEqualTo("count()");
        assertThat(counts.has("groupBy")).isFalse();
        assertThat(counts.at("/meta/interval").asLong()).isEqualTo(3_600_000);
        assertThat(counts.at("/meta/valueType").asString()).isEqualTo("integer");
        assertThat(counts.at("/values/1/timestamp").asLong()
                        - counts.at("/values/0/timestamp").asLong())
                .isEqualTo(3_600_000);
        assertThat(counts.path("values")
                        .valueStream()
                        .mapToDouble(point -> point.path("value").asDouble())
                        .sum())
                .isEqualTo(1);
        assertThat(counts.path("values")
                        .valueStream()
                        .filter(point -> point.path("incomplete").asBoolean()))
                .hasSize(1);

        assertThat(grouped.path("timeSeries")).hasSize(2);
        assertThat(grouped.at("/timeSeries/0/groupBy").toString())
                .isEqualTo("[{\"key\":\"level\",\"value\":\"error\"},{\"key\":\"project.name\",\"value\":\"served\"}]");
        assertThat(API.get(series + "&yAxis=title").status()).isEqualTo(400);
        assertThat(API.get(series + "&dataset=tracemetrics").json().path("timeSeries"))
                .isEmpty();
    }

    @Test
    void projectsTeamsAndKeysAreMade() {
        Reply team = API.post(ORGANIZATION + "teams/", "{\"name\": \"Served team\"}");
        assertThat(team.status()).as(team.text()).isEqualTo(201);
        Reply made = API.post(
                "/api/0/teams/default/" + team.json().path("slug").asString() + "/projects/",
                "{\"name\": \"Made by team\", \"platform\": \"java\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String slug = made.json().path("slug").asString();
        assertThat(made.json().at("/team/slug").asString()).isEqualTo("served-team");

        assertThat(API.database()
                        .sql(
                                "SELECT count(*) FROM audit_log WHERE action = 'team.project_added' AND after ->> 'project' = :slug")
                        .param("slug", slug)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);

        String keys = "/api/0/projects/default/" + slug + "/keys/";
        Reply key = API.post(keys, "{\"name\": \"Second\", \"rateLimit\": {\"window\": 60, \"count\": 5}}");
        assertThat(key.status()).isEqualTo(201);
        assertThat(key.json().at("/dsn/public").asString()).startsWith("https://");
        assertThat(key.json().at("/rateLimit/count").asLong()).isEqualTo(5);
        Reply off =
                API.put(keys + key.json().path("id").asString() + "/", "{\"isActive\": false, \"rateLimit\": null}");
        assertThat(off.json().path("isActive").asBoolean()).isFalse();
        assertThat(off.json().path("rateLimit").isNull()).isTrue();
        assertThat(API.get("/api/0/organizations/default/projects/?query=made-by")
                        .json())
                .hasSize(1);
        assertThat(API.put("/api/0/projects/default/" + slug + "/", "{\"name\": \"Renamed\"}")
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("Renamed");
    }

    @Test
    void listsThatGrafanaAndScriptsReadAreThere() {
        for (String path : new String[] {
            "members/",
            "environments/",
            "monitors/",
            "workflows/",
            "detectors/",
            "alert-rules/",
            "dashboards/",
            "repos/",
            "tags/",
            "trace-items/attributes/?itemType=logs&attributeType=string",
            "issues/" + issue + "/user-reports/",
            "issues/" + issue + "/hashes/",
            "issues/" + issue + "/external-issues/"
        }) {
            Reply reply = API.get(ORGANIZATION + path);
            assertThat(reply.status()).as(path + reply.text()).isEqualTo(200);
            assertThat(reply.json().isArray()).as(path).isTrue();
        }
        for (String path :
                new String[] {"rules/", "stats/?stat=received", "user-feedback/", "environments/", "teams/"}) {
            Reply reply = API.get("/api/0/projects/default/served/" + path);
            assertThat(reply.status()).as(path + reply.text()).isEqualTo(200);
            assertThat(reply.json().isArray()).as(path).isTrue();
        }
        assertThat(API.get("/api/0/projects/")
                        .json()
                        .path(0)
                        .at("/organization/slug")
                        .asString())
                .isEqualTo("default");
    }

    @Test
    void aMonitorIsFoundByItsWholeSlugAndAWorkflowByItsId() {
        String monitors = "/api/v1/monitors";
        assertThat(API.post(monitors, "{\"project\": \"served\", \"slug\": \"backup-weekly\"}")
                        .status())
                .isEqualTo(201);
        assertThat(API.post(monitors, "{\"project\": \"served\", \"slug\": \"backup\"}")
                        .status())
                .isEqualTo(201);
        assertThat(API.get(ORGANIZATION + "monitors/backup/")
                        .json()
                        .path("slug")
                        .asString())
                .isEqualTo("backup");
        assertThat(API.get(ORGANIZATION + "monitors/back/").status()).isEqualTo(404);

        List<String> rules = new ArrayList<>();
        for (String condition : List.of("new_issue", "regression")) {
            Reply made = API.post("/api/v1/alert-rules?project=served", """
                    {"rule": {"name": "Of %1$s", "conditions": [{"type": "%1$s"}]},
                     "targets": [{"type": "email", "value": "ops@example.com"}]}
                    """.formatted(condition));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            rules.add(made.json().path("id").asString());
        }
        JsonNode found = API.get(ORGANIZATION + "workflows/?per_page=1&id=" + rules.getFirst())
                .json();
        assertThat(found).hasSize(1);
        assertThat(found.at("/0/id").asString()).isEqualTo(rules.getFirst());
        assertThat(API.get(ORGANIZATION + "detectors/?project=" + project)
                        .json()
                        .at("/0/workflowIds"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "organizations/default/stats_v2/?field=sum(quantity)&start=2100-01-01",
                "organizations/default/sessions/?field=sum(session)&start=2100-01-01",
                "organizations/default/events/?field=title&start=2100-01-01",
                "organizations/default/events-stats/?start=2100-01-01",
                "projects/default/served/stats/?since=1795000000&until=1794000000"
            })
    void aTimeThatEndsBeforeItBeginsIsRefused(String path) {
        Reply reply = API.get("/api/0/" + path);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("detail").asString()).contains("expected: ");
    }

    @Test
    void sessionsAndOutcomesAreGroups() {
        API.database().sql("""
                        INSERT INTO session_hours
                        VALUES (:project, 'served@1', 'production', date_trunc('hour', now()), 10, 2, 0, 0, 1, 1, 1500)
                        """).param("project", project).update();

        JsonNode sessions = API.get(ORGANIZATION + "sessions/?field=sum(session)&field=crash_free_rate(session)"
                        + "&groupBy=release&interval=1h&statsPeriod=24h&project=" + project)
                .json();
        assertThat(sessions.at("/groups/0/by/release").asString()).isEqualTo("served@1");
        assertThat(sessions.at("/groups/0/totals").path("sum(session)").asLong())
                .isEqualTo(10);
        assertThat(sessions.at("/groups/0/totals")
                        .path("crash_free_rate(session)")
                        .asDouble())
                .isEqualTo(0.9);
        assertThat(sessions.at("/groups/0/series").path("sum(session)"))
                .hasSize(sessions.path("intervals").size());
        assertThat(API.get(ORGANIZATION + "sessions/").status()).isEqualTo(400);

        JsonNode outcomes = API.get(
                        ORGANIZATION + "stats_v2/?field=sum(quantity)&groupBy=outcome&statsPeriod=7d&interval=1d")
                .json();
        assertThat(outcomes.path("groups").isArray()).isTrue();
    }

    @Test
    void theAddressOfAnIssueOpensItsPage() {
        Reply reply =
                RunningApi.exchange(HttpRequest.newBuilder(API.uri("/organizations/default/issues/" + issue + "/")));

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("Location")).endsWith("/ui/issues/" + issue);
    }
}
