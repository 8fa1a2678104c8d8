package dev.resentry.query.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people do with issues, and who may. */
@Timeout(120)
class IssueChangesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00.5Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void aChangeOfStatusIsPublishedAndNotedUnlessItChangesNothing() {
        long id = ROWS.issue(ROWS.project("told"), "Told", SEEN, "unresolved");

        API.put("/issues/" + id, "{\"status\": \"resolved\"}");
        API.put("/api/v1/issues/" + id, "{\"status\": \"resolved\"}");

        assertThat(published(id))
                .singleElement()
                .asString()
                .contains(
                        "\"type\":\"issue_changed\"",
                        "\"status\":\"resolved\"",
                        "\"changed_by\":\"admin@localhost\"",
                        "\"cause\":\"live\"");
        JsonNode activity =
                API.get("/api/v1/issues/%d/activity".formatted(id)).json().path("results");
        assertThat(activity.size()).isEqualTo(1);
        assertThat(activity.at("/0/kind").asString()).isEqualTo("status");
        assertThat(activity.at("/0/actor/name").asString()).isNotEmpty();
        assertThat(activity.at("/0/data")).isEqualTo(json("{\"from\":\"unresolved\",\"to\":\"resolved\"}"));
        JsonNode detail = API.get("/api/v1/issues/" + id).json();
        assertThat(detail.path("status_changed_at")).isEqualTo(activity.at("/0/at"));
        assertThat(detail.path("status_changed_by")).isEqualTo(activity.at("/0/actor"));
    }

    @Test
    void changesTheStatus() {
        long id = ROWS.issue(ROWS.project("changing"), "T", SEEN, "unresolved");

        for (String path : List.of("/issues/", "/api/v1/issues/")) {
            for (String status : List.of("resolved", "ignored", "unresolved")) {
                Reply reply = API.put(path + id, "{\"status\": \"%s\"}".formatted(status));
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.json().path("status").asString()).isEqualTo(status);
                assertThat(API.get(path + id).json().path("status").asString()).isEqualTo(status);
            }
            assertThat(API.put(path + id, "{\"status\": \"open\"}")
                            .json()
                            .path("details")
                            .propertyNames())
                    .containsExactly("status");
            assertThat(API.put(path + id, "{}").status()).isEqualTo(400);
            assertThat(API.put(path + 999_999, "{\"status\": \"resolved\"}").status())
                    .isEqualTo(404);
        }
    }

    @Test
    void aFieldThatNothingIsDoneWithIsRefusedByName() {
        long id = ROWS.issue(ROWS.project("refusing"), "T", SEEN, "unresolved");

        for (String path : List.of("/issues/" + id, "/api/v1/issues/" + id)) {
            Reply reply = API.put(path, "{\"status\": \"resolved\", \"snooze\": true}");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.json().path("details").propertyNames()).containsExactly("snooze");
            assertThat(reply.json().path("message").asString()).contains("status_details");
            assertThat(API.get(path).json().path("status").asString()).isEqualTo("unresolved");
        }
        Reply ofProject = API.patch("/api/v1/projects/" + ROWS.project("coloured"), "{\"colour\": \"red\"}");
        assertThat(ofProject.status()).isEqualTo(400);
        assertThat(ofProject.json().path("details").propertyNames()).containsExactly("colour");
    }

    @Test
    void assignsToPeopleWhoAreThere() {
        long project = ROWS.project("assigned");
        long id = ROWS.issue(project, "T", SEEN, "unresolved");
        ROWS.issue(project, "Of nobody", SEEN, "unresolved");
        long ann = ROWS.user("ann@assigned.example", "member");

        JsonNode issue = API.put("/api/v1/issues/" + id, "{\"assigned_to\": %d}".formatted(ann))
                .json();

        assertThat(issue.at("/assignee/id").asLong()).isEqualTo(ann);
        assertThat(issue.at("/assignee/email").asString()).isEqualTo("ann@assigned.example");
        String list = "/api/v1/issues?project=assigned&assignee=";
        assertThat(API.get(list + ann).json().at("/results/0/id").asLong()).isEqualTo(id);
        assertThat(API.get(list + "none").json().at("/results/0/title").asString())
                .isEqualTo("Of nobody");
        assertThat(API.get(list + "me").json().path("results").size()).isZero();
        assertThat(RunningApi.exchange(API.requestOf("ann@assigned.example", list + "me"))
                        .json()
                        .at("/results/0/id")
                        .asLong())
                .isEqualTo(id);
        assertThat(API.put("/api/v1/issues/" + id, "{\"assigned_to\": null}")
                        .json()
                        .path("assignee")
                        .isNull())
                .isTrue();
        assertThat(API.get("/api/v1/issues/%d/activity".formatted(id)).json().at("/results/0/data"))
                .isEqualTo(json("{\"from\":{\"id\":%d,\"name\":\"Ann\"},\"to\":null}".formatted(ann)));
        assertThat(published(id)).hasSize(2).allMatch(value -> value.contains("issue_assigned"));
        for (String wrong : List.of("999999", "\"ann\"", "1.5")) {
            Reply reply = API.put("/api/v1/issues/" + id, "{\"assigned_to\": %s}".formatted(wrong));
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.json().path("details").propertyNames()).containsExactly("assigned_to");
        }
    }

    @Test
    void changesManyAtOnceAndOnlyThose() {
        long project = ROWS.project("many");
        long first = ROWS.issue(project, "Broken", SEEN, "unresolved");
        long second = ROWS.issue(project, "Broken too", SEEN, "resolved");
        long other = ROWS.issue(project, "Fine", SEEN, "unresolved");

        Reply byIds = API.put(
                "/api/v1/issues", "{\"ids\": [%d, %d, 999999], \"status\": \"ignored\"}".formatted(first, second));
        assertThat(byIds.json().path("changed").asInt()).isEqualTo(2);
        Reply byFilter = API.put(
                "/api/v1/issues",
                "{\"filter\": {\"project\": \"many\", \"query\": \"broken\", \"status\": \"ignored\"}, \"status\": \"resolved\"}");
        assertThat(byFilter.json().path("changed").asInt()).isEqualTo(2);
        assertThat(API.put(
                                "/api/v1/issues",
                                "{\"filter\": {\"project\": [\"many\"], \"query\": \"broken\"}, \"status\": \"resolved\"}")
                        .json()
                        .path("changed")
                        .asInt())
                .as("they are as wanted already")
                .isZero();

        assertThat(status(first)).isEqualTo("resolved");
        assertThat(status(second)).isEqualTo("resolved");
        assertThat(status(other)).isEqualTo("unresolved");
        assertThat(published(first)).hasSize(2);
        assertThat(published(other)).isEmpty();
        for (String wrong : List.of(
                "{\"status\": \"resolved\"}",
                "{\"ids\": [1], \"filter\": {}, \"status\": \"resolved\"}",
                "{\"ids\": [1]}",
                "{\"filter\": {\"colour\": \"red\"}, \"status\": \"resolved\"}",
                "{\"filter\": {\"project\": \"many\", \"status\": \"open\"}, \"status\": \"resolved\"}")) {
            assertThat(API.put("/api/v1/issues", wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void peopleWriteChangeAndRemoveComments() {
        long id = ROWS.issue(ROWS.project("discussed"), "T", SEEN, "unresolved");
        ROWS.user("bob@discussed.example", "member");
        String comments = "/api/v1/issues/%d/comments".formatted(id);

        Reply added = API.post(comments, "{\"text\": \"It is the <b>cache</b>\"}");
        Reply byBob = RunningApi.exchange(
                API.requestOf("bob@discussed.example", comments).POST(BodyPublishers.ofString("{\"text\": \"No\"}")));
        String own = comments + "/" + added.json().path("id").asLong();
        String ofBob = comments + "/" + byBob.json().path("id").asLong();

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.json().at("/data/text").asString()).isEqualTo("It is the <b>cache</b>");
        assertThat(API.get("/api/v1/issues/" + id).json().path("comments").asInt())
                .isEqualTo(2);
        assertThat(API.get("/api/v1/issues/%d/activity".formatted(id))
                        .json()
                        .at("/results/0/actor/name")
                        .asString())
                .isEqualTo("Bob");
        assertThat(API.patch(own, "{\"text\": \"It is the clock\"}")
                        .json()
                        .at("/data/text")
                        .asString())
                .isEqualTo("It is the clock");
        assertThat(API.get(comments).json().at("/results/1/data/edited_at").asString())
                .endsWith("Z");
        assertThat(API.patch(ofBob, "{\"text\": \"Yes\"}").status())
                .as("of somebody else")
                .isEqualTo(403);
        assertThat(RunningApi.exchange(
                                API.requestOf("bob@discussed.example", own).DELETE())
                        .status())
                .isEqualTo(403);
        assertThat(API.delete(ofBob).status()).as("an administrator may").isEqualTo(204);
        assertThat(API.delete(ofBob).status()).isEqualTo(404);
        assertThat(API.get("/api/v1/issues/" + id).json().path("comments").asInt())
                .isEqualTo(1);
        assertThat(API.post(comments, "{\"text\": \" \"}").status()).isEqualTo(400);
        assertThat(API.post("/api/v1/issues/999999/comments", "{\"text\": \"x\"}")
                        .status())
                .isEqualTo(404);
        assertThat(published(id)).hasSize(2).allMatch(value -> value.contains("issue_commented"));
    }

    @Test
    void aDeletedIssueIsGoneAtOnceAndItsEventsByAJob() {
        long project = ROWS.project("deleting-issues");
        long gone = ROWS.issue(project, "Gone", SEEN, "unresolved");
        long stays = ROWS.issue(project, "Stays", SEEN, "unresolved");
        Instant at = Instant.parse("2026-11-19T10:00:00Z");
        UUID envelope = ROWS.envelope(project, at, "envelope", null, new byte[] {1});
        UUID event = ROWS.event(project, gone, envelope, at, "{}");
        ROWS.attachment(project, envelope, at, 1, event, new byte[] {1});
        UUID other = ROWS.event(project, stays, UUID.randomUUID(), at, "{}");
        ROWS.hash(project, gone);
        ROWS.hour(project, gone, at, "", 1);
        API.post("/api/v1/issues/%d/comments".formatted(gone), "{\"text\": \"x\"}");
        API.database()
                .sql("INSERT INTO project_hours VALUES (:project, :hour, 'error', 'staging', 2)")
                .param("project", project)
                .param("hour", at.minusSeconds(3600).atOffset(java.time.ZoneOffset.UTC))
                .update();

        Reply reply = API.post("/api/v1/issues/delete", "{\"ids\": [%d, 999999]}".formatted(gone));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("deleted").asInt()).isEqualTo(1);
        assertThat(API.get("/issues/" + gone).status()).isEqualTo(404);
        assertThat(count("issue_hashes WHERE issue_id = " + gone)).isZero();
        JsonNode job = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> API.get(reply.json().at("/jobs/0/href").asString())
                                .json(),
                        found -> found.path("state").asString().equals("succeeded"));
        assertThat(job.path("kind").asString()).isEqualTo("issue-deletion");
        assertThat(job.at("/result/tables")).isEqualTo(json("{\"attachments\":1,\"events\":1}"));
        assertThat(API.get("/events/" + StoredRows.hex(event)).status()).isEqualTo(404);
        assertThat(API.get("/events/" + StoredRows.hex(other)).status()).isEqualTo(200);
        for (String table : List.of("issue_hours", "issue_activities", "deleted_issues", "events")) {
            assertThat(count("%s WHERE issue_id = %d".formatted(table, gone)))
                    .as(table)
                    .isZero();
        }
        assertThat(count("event_identities WHERE deleted AND event_id = '%s'".formatted(event)))
                .isEqualTo(1);
        assertThat(count("project_hours WHERE events = 1 AND project_id = " + project))
                .as("counted again without it")
                .isEqualTo(1);
        assertThat(count("envelopes WHERE id = '%s'".formatted(envelope)))
                .as("kept as it came")
                .isEqualTo(1);
        assertThat(published(gone)).last().asString().contains("issue_deleted");
    }

    @Test
    void whoSeesNoProjectSeesNothingOfIt() {
        long theirs = ROWS.project("theirs");
        long others = ROWS.project("hidden");
        long hidden = ROWS.issue(others, "Hidden", SEEN, "unresolved");
        long shown = ROWS.issue(theirs, "Shown", SEEN, "unresolved");
        UUID event = ROWS.event(others, hidden, UUID.randomUUID(), SEEN, "{}");
        long cid = ROWS.user("cid@theirs.example", "member");
        ROWS.user("vera@theirs.example", "viewer");
        API.database().sql("""
                        WITH team AS (INSERT INTO teams (slug, name, created_at) VALUES ('theirs', 'Theirs', now()) RETURNING id),
                             member AS (INSERT INTO team_members SELECT id, :user FROM team)
                        INSERT INTO team_projects SELECT id, :project FROM team
                        """).param("user", cid).param("project", theirs).update();
        API.database()
                .sql("UPDATE organization SET members_see_all_projects = false")
                .update();
        try {
            for (String path : List.of(
                    "/issues/" + hidden,
                    "/api/v1/issues/" + hidden,
                    "/api/v1/issues/%d/activity".formatted(hidden),
                    "/api/v1/issues/%d/events".formatted(hidden),
                    "/api/v1/issues/%d/events/latest".formatted(hidden),
                    "/events/" + StoredRows.hex(event),
                    "/api/v1/issues?project=hidden",
                    "/api/v1/events/export?format=csv&project=hidden",
                    "/api/v1/live?project=hidden")) {
                assertThat(RunningApi.exchange(API.requestOf("cid@theirs.example", path))
                                .status())
                        .as(path)
                        .isEqualTo(404);
            }
            assertThat(RunningApi.exchange(API.requestOf("cid@theirs.example", "/api/v1/issues"))
                            .json()
                            .path("results")
                            .valueStream()
                            .map(issue -> issue.path("id").asLong()))
                    .containsExactly(shown);
            assertThat(RunningApi.exchange(API.requestOf("cid@theirs.example", "/api/v1/issues")
                                    .PUT(BodyPublishers.ofString(
                                            "{\"ids\": [%d, %d], \"status\": \"resolved\"}".formatted(hidden, shown))))
                            .json()
                            .path("changed")
                            .asInt())
                    .isEqualTo(1);
            assertThat(status(hidden)).isEqualTo("unresolved");
            assertThat(RunningApi.exchange(API.requestOf("vera@theirs.example", "/issues/" + shown)
                                    .PUT(BodyPublishers.ofString("{\"status\": \"resolved\"}")))
                            .status())
                    .as("a viewer changes nothing")
                    .isEqualTo(403);
        } finally {
            API.database()
                    .sql("UPDATE organization SET members_see_all_projects = true")
                    .update();
        }
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static String status(long issue) {
        return API.get("/issues/" + issue).json().path("status").asString();
    }

    private static List<String> published(long issue) {
        return ROWS.eventsOutbox().stream()
                .filter(value -> value.contains("\"issue_id\":%d,".formatted(issue)))
                .toList();
    }

    private static long count(String table) {
        return API.database()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }
}
