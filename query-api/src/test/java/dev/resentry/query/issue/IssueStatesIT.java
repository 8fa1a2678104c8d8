package dev.resentry.query.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.release.ReleaseOrder;
import dev.resentry.model.release.ReleaseVersion;
import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The states that people give to issues, and what the API says of them. */
@Timeout(120)
class IssueStatesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void anIssueIsResolvedNowInAReleaseOrInTheNextOne() {
        long project = ROWS.project("resolving");
        release(project, "app@1.0.0");
        release(project, "app@1.1.0");
        long id = ROWS.issue(project, "T", seen(), "unresolved");

        for (String path : List.of("/issues/" + id, "/api/v1/issues/" + id)) {
            assertStatus(path, "{\"status\": \"resolved\"}", "resolved", null, "{}");
            assertStatus(
                    path,
                    "{\"status\": \"resolved\", \"statusDetails\": {\"inRelease\": \"app@1.0.0\"}}",
                    "resolved",
                    null,
                    "{\"in_release\": \"app@1.0.0\"}");
            assertStatus(
                    path,
                    "{\"status\": \"resolved\", \"status_details\": {\"in_release\": \"latest\"}}",
                    "resolved",
                    null,
                    "{\"in_release\": \"app@1.1.0\"}");
            for (String next : List.of(
                    "{\"status\": \"resolvedInNextRelease\"}",
                    "{\"status\": \"resolved\", \"statusDetails\": {\"inNextRelease\": true}}")) {
                assertStatus(path, "{\"status\": \"unresolved\"}", "unresolved", "ongoing", "{}");
                assertStatus(
                        path,
                        next,
                        "resolved",
                        null,
                        "{\"in_next_release\": true, \"current_release\": \"app@1.1.0\"}");
            }
        }
        JsonNode last =
                API.get("/api/v1/issues/%d/activity".formatted(id)).json().at("/results/0");
        assertThat(last.path("kind").asString()).isEqualTo("status");
        assertThat(last.at("/data/details")).isEqualTo(json("{\"in_next_release\": \"app@1.1.0\"}"));
    }

    @Test
    void anIssueIsResolvedInACommitWhetherAReleaseHasItOrNot() {
        long project = ROWS.project("resolving-commits");
        String id = String.valueOf(ROWS.issue(project, "T", seen(), "unresolved"));

        for (String path : List.of("/issues/" + id, "/api/v1/issues/" + id)) {
            assertStatus(
                    path,
                    "{\"status\": \"resolved\", \"statusDetails\": {\"inCommit\": {\"commit\": \"c0ffee\", \"repository\": \"acme/shop\"}}}",
                    "resolved",
                    null,
                    "{\"in_commit\": {\"commit\": \"c0ffee\", \"repository\": \"acme/shop\"}}");
            assertStatus(
                    path,
                    "{\"status\": \"resolved\", \"status_details\": {\"in_commit\": {\"commit\": \" c0ffee \"}}}",
                    "resolved",
                    null,
                    "{\"in_commit\": {\"commit\": \"c0ffee\"}}");
        }
        assertThat(API.get("/api/v1/issues?project=resolving-commits").json().at("/results/0/status_details"))
                .as("in lists too")
                .isEqualTo(json("{\"in_commit\": {\"commit\": \"c0ffee\"}}"));
        assertThat(API.get("/api/v1/audit-log?action=issue.changed&object_type=issue&limit=1")
                        .json()
                        .at("/results/0/after"))
                .isEqualTo(json(
                        "{\"status\": \"resolved\", \"status_details\": {\"in_commit\": {\"commit\": \"c0ffee\"}}}"));
        API.post(
                "/api/v1/projects/%d/releases".formatted(project),
                "{\"version\": \"app@1.1.0\", \"commits\": [{\"id\": \"c0ffee\"}]}");
        assertStatus("/issues/" + id, "{\"status\": \"unresolved\"}", "unresolved", "ongoing", "{}");
        assertStatus(
                "/api/v1/issues/" + id,
                "{\"status\": \"resolved\", \"status_details\": {\"in_commit\": {\"commit\": \"c0ffee\"}}}",
                "resolved",
                null,
                "{\"in_release\": \"app@1.1.0\"}");
    }

    @Test
    void anIssueIsIgnoredUntilSomethingOrForEver() {
        String path = "/api/v1/issues/" + ROWS.issue(ROWS.project("ignoring"), "T", seen(), "unresolved");

        assertStatus(path, "{\"status\": \"ignored\"}", "ignored", "archived_forever", "{}");
        assertStatus(
                path,
                "{\"status\": \"ignored\", \"substatus\": \"archived_until_escalating\"}",
                "ignored",
                "archived_until_escalating",
                "{\"until_escalating\": true}");
        assertStatus(
                path,
                "{\"status\": \"ignored\", \"status_details\": {\"ignore_count\": 100, \"ignore_window\": 60}}",
                "ignored",
                "archived_until_condition_met",
                "{\"ignore_count\": 100, \"ignore_window\": 60}");
        assertStatus(
                path,
                "{\"status\": \"ignored\", \"statusDetails\": {\"ignoreUserCount\": 10}}",
                "ignored",
                "archived_until_condition_met",
                "{\"ignore_user_count\": 10}");
        Reply untilTomorrow =
                API.put(path, "{\"status\": \"ignored\", \"status_details\": {\"ignore_duration\": 1440}}");
        assertThat(Instant.parse(
                        untilTomorrow.json().at("/status_details/ignore_until").asString()))
                .isBetween(
                        Instant.now().plus(1430, ChronoUnit.MINUTES),
                        Instant.now().plus(1441, ChronoUnit.MINUTES));
        assertStatus(path, "{\"status\": \"unresolved\"}", "unresolved", "new", "{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'status': 'resolved', 'status_details': {'in_release': '9.9'}} | status_details.in_release",
                "{'status': 'resolvedInNextRelease'} | status_details",
                "{'status': 'resolved', 'status_details': {'in_release': '1', 'in_next_release': true}} | status_details.in_release",
                "{'status': 'resolved', 'status_details': {'in_release': '1', 'in_commit': {'commit': 'c'}}} | status_details.in_commit",
                "{'status': 'resolved', 'status_details': {'in_commit': {'repository': 'a/b'}}} | status_details.in_commit.commit",
                "{'status': 'ignored', 'status_details': {'in_commit': {'commit': 'c'}}} | status_details",
                "{'status': 'resolved', 'status_details': {'ignore_count': 1}} | status_details",
                "{'status': 'unresolved', 'status_details': {'ignore_count': 1}} | status_details",
                "{'status': 'ignored', 'status_details': {'in_next_release': true}} | status_details",
                "{'status': 'ignored', 'status_details': {'ignore_count': 0}} | status_details.ignore_count",
                "{'status': 'ignored', 'status_details': {'ignore_window': 60}} | status_details.ignore_window",
                "{'status': 'ignored', 'status_details': {'ignore_count': 1, 'ignore_window': 10081}} | status_details.ignore_window",
                "{'status': 'ignored', 'status_details': {'ignore_until': '2020-01-01T00:00:00Z'}} | status_details.ignore_until",
                "{'status': 'ignored', 'substatus': 'ongoing'} | substatus",
                "{'status': 'resolved', 'substatus': 'archived_forever'} | substatus",
                "{'status_details': {'ignore_count': 1}, 'priority': 'low'} | status",
                "{'priority': 'urgent'} | priority"
            })
    void whatCannotBeIsRefusedByTheNameOfItsField(String body, String field) {
        long id =
                ROWS.issue(ROWS.project("refused-" + Integer.toHexString(body.hashCode())), "T", seen(), "unresolved");

        Reply reply = API.put("/api/v1/issues/" + id, body.replace('\'', '"'));

        assertThat(reply.status()).as("%s", reply).isEqualTo(400);
        assertThat(reply.json().path("details").propertyNames()).containsExactly(field);
        assertThat(API.get("/api/v1/issues/" + id).json().path("status").asString())
                .isEqualTo("unresolved");
    }

    @Test
    void manyAreIgnoredUntilTheSameAndListedByWhatTheyAre() {
        long project = ROWS.project("ignoring-many");
        long one = ROWS.issue(project, "One", seen(), "unresolved");
        long two = ROWS.issue(project, "Two", seen(), "unresolved");
        API.put(
                "/api/v1/issues",
                "{\"ids\": [%d, %d], \"status\": \"ignored\", \"status_details\": {\"ignore_count\": 1}}"
                        .formatted(one, two));

        String list = "/api/v1/issues?project=ignoring-many&substatus=";
        assertThat(API.get(list + "archived_until_condition_met")
                        .json()
                        .path("results")
                        .size())
                .isEqualTo(2);
        assertThat(API.get(list + "new").json().path("results").size()).isZero();
        assertThat(API.get(list + "old").status()).isEqualTo(400);
    }

    @Test
    void anIssueHasAShortIdByWhichItIsFound() {
        long id = ROWS.issue(ROWS.project("short-ids"), "Something", seen(), "unresolved");
        String shortId = API.get("/api/v1/issues/" + id).json().path("short_id").asString();

        assertThat(shortId).startsWith("SHORT-IDS-");
        assertThat(API.get("/api/v1/short-ids/" + shortId).json().path("id").asLong())
                .isEqualTo(id);
        assertThat(API.get("/api/v1/short-ids/" + shortId.toLowerCase(java.util.Locale.ROOT))
                        .json()
                        .path("short_id")
                        .asString())
                .isEqualTo(shortId);
        assertThat(API.get("/api/v1/issues?project=short-ids&query=" + shortId)
                        .json()
                        .at("/results/0/id")
                        .asLong())
                .isEqualTo(id);
        assertThat(API.get("/api/v1/short-ids/" + shortId.replace("SHORT-IDS", "OTHER"))
                        .status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/short-ids/nothing").status()).isEqualTo(400);
    }

    @Test
    void theAuditLogSaysWhatWasWanted() {
        long id = ROWS.issue(ROWS.project("audited-states"), "T", seen(), "unresolved");
        API.put(
                "/api/v1/issues/" + id,
                "{\"status\": \"ignored\", \"status_details\": {\"ignore_count\": 3, \"ignore_window\": 60}}");

        JsonNode entry = API.get("/api/v1/audit-log?action=issue.changed&object_type=issue&limit=1")
                .json()
                .at("/results/0");

        assertThat(entry.path("object_id").asString()).isEqualTo(String.valueOf(id));
        assertThat(entry.path("before")).isEqualTo(json("{\"status\": \"unresolved\"}"));
        assertThat(entry.path("after"))
                .isEqualTo(json(
                        "{\"status\": \"ignored\", \"status_details\": {\"ignore_count\": 3, \"ignore_window\": 60}}"));
    }

    @Test
    void aPriorityIsThatOfTheLevelUntilSomebodySaysOne() {
        String path = "/api/v1/issues/" + ROWS.issue(ROWS.project("priorities"), "T", seen(), "unresolved");
        assertThat(API.get(path).json().path("priority").asString()).isEqualTo("medium");

        assertThat(API.put(path, "{\"priority\": \"high\"}")
                        .json()
                        .path("priority")
                        .asString())
                .isEqualTo("high");

        assertThat(API.get(path + "/activity").json().at("/results/0/kind").asString())
                .isEqualTo("priority");
    }

    @Test
    void aProjectSaysWhenItsIssuesAreResolvedByThemselves() {
        String path = "/api/v1/projects/" + ROWS.project("auto-resolving");

        assertThat(API.get(path).json().path("auto_resolve_hours").isNull()).isTrue();
        assertThat(API.patch(path, "{\"auto_resolve_hours\": 720}")
                        .json()
                        .path("auto_resolve_hours")
                        .asInt())
                .isEqualTo(720);
        assertThat(API.patch(path, "{\"name\": \"Other\"}")
                        .json()
                        .path("auto_resolve_hours")
                        .asInt())
                .isEqualTo(720);
        assertThat(API.patch(path, "{\"auto_resolve_hours\": 0}")
                        .json()
                        .path("auto_resolve_hours")
                        .isNull())
                .isTrue();
        assertThat(API.patch(path, "{\"auto_resolve_hours\": -1}").status()).isEqualTo(400);
    }

    /** Young enough to be new. */
    private static Instant seen() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private static void assertStatus(String path, String body, String status, String substatus, String details) {
        for (JsonNode answer : List.of(API.put(path, body).json(), API.get(path).json())) {
            assertThat(answer.path("status").asString())
                    .as("%s: %s", body, answer)
                    .isEqualTo(status);
            assertThat(answer.path("substatus").asString(null)).isEqualTo(substatus);
            assertThat(answer.path("status_details")).isEqualTo(json(details));
        }
    }

    private static void release(long project, String version) {
        API.database()
                .sql(
                        "INSERT INTO releases (project_id, version, sort_key, created_at) VALUES (:project, :version, :key, clock_timestamp())")
                .param("project", project)
                .param("version", version)
                .param("key", ReleaseOrder.sortKey(ReleaseVersion.parse(version)))
                .update();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
