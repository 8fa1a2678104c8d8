package dev.resentry.query.feedback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.storage.user.User;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The inbox of feedback by the API. */
class FeedbackApiIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final StoredRows ROWS = new StoredRows(API.database());

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private String slug = "";
    private long project;
    private long issue;
    private UUID event = new UUID(0, 0);

    @BeforeEach
    void plant() {
        slug = "feedback-" + UUID.randomUUID().toString().substring(0, 8);
        project = ROWS.project(slug);
        issue = ROWS.issue(project, "Checkout failed", now, "unresolved");
        event = ROWS.event(project, issue, StoredRows.envelopeId(now), now, "{}");
    }

    @Test
    void feedbackIsListedWithItsIssueAndReadWithItsFiles() {
        UUID id = ROWS.feedback(project, now, event, "The cart is empty");
        ROWS.attachment(project, StoredRows.envelopeId(now), now, 1, id, "\u0089PNG\r\n\u001a\nrest".getBytes(UTF_8));

        JsonNode listed = list("").get(0);
        JsonNode whole = API.get("/api/v1/feedback/" + StoredRows.hex(id)).json();

        assertThat(listed.path("message").asString()).isEqualTo("The cart is empty");
        assertThat(listed.path("event_id").asString()).isEqualTo(StoredRows.hex(event));
        assertThat(listed.path("issue").path("id").asLong()).isEqualTo(issue);
        assertThat(listed.path("issue").path("title").asString()).isEqualTo("Checkout failed");
        assertThat(listed.path("status").asString()).isEqualTo("unresolved");
        assertThat(listed.path("attachment_count").asInt()).isEqualTo(1);
        assertThat(listed.path("attachments").isNull()).isTrue();
        assertThat(whole.path("tags").path("plan").asString()).isEqualTo("gold");
        JsonNode file = whole.path("attachments").get(0);
        Reply bytes = API.get(file.path("url").asString());
        assertThat(bytes.status()).isEqualTo(200);
        assertThat(API.get("/api/v1/feedback/%s/attachments/x".formatted(StoredRows.hex(id)))
                        .status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/issues/%d/feedback".formatted(issue)).json().path("results"))
                .hasSize(1);
    }

    @Test
    void filtersPagesAndCounts() {
        UUID first = ROWS.feedback(project, now.minusSeconds(60), event, "The cart is empty");
        UUID second = ROWS.feedback(project, now.minusSeconds(30), UUID.randomUUID(), "I like the colours");
        UUID third = ROWS.feedback(project, now, UUID.randomUUID(), "BUY PILLS");
        assertThat(put(third, "{\"status\": \"spam\"}").path("status").asString())
                .isEqualTo("spam");

        assertThat(messages("&status=unresolved")).containsExactly("I like the colours", "The cart is empty");
        assertThat(messages("&status=spam")).containsExactly("BUY PILLS");
        assertThat(messages("&query=CART%20is")).containsExactly("The cart is empty");
        assertThat(messages("&query=%25")).isEmpty();
        assertThat(messages("&environment=production")).hasSize(3);
        assertThat(messages("&environment=staging")).isEmpty();
        assertThat(messages("&end=" + now.minusSeconds(45))).containsExactly("The cart is empty");
        assertThat(messages("&start=" + now.minusSeconds(45))).hasSize(2);
        JsonNode counts = API.get("/api/v1/feedback/counts?project=" + slug).json();
        assertThat(counts.toString()).isEqualTo("{\"unresolved\":2,\"resolved\":0,\"ignored\":0,\"spam\":1}");
        JsonNode page = API.get("/api/v1/feedback?limit=2&project=" + slug).json();
        JsonNode rest = API.get("/api/v1/feedback?limit=2&project=%s&cursor=%s"
                        .formatted(slug, page.path("next").asString()))
                .json();
        assertThat(page.path("results")).hasSize(2);
        assertThat(rest.path("results").valueStream().map(one -> one.path("id").asString()))
                .containsExactly(StoredRows.hex(first));
        assertThat(second).isNotEqualTo(third);
        for (String wrong : List.of(
                "status=open",
                "assignee=ann",
                "limit=0",
                "cursor=x",
                "start=2026-11-02T00:00:00Z&end=2026-11-01T00:00:00Z")) {
            assertThat(API.get("/api/v1/feedback?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void peopleChangeOneAndManyWhichIsOnRecordWithoutWhatWasWritten() {
        User ann = PEOPLE.user(Role.MEMBER);
        UUID first = ROWS.feedback(project, now, event, "Call me on 555 0100");
        UUID second = ROWS.feedback(project, now.minusSeconds(1), event, "Mine too");

        JsonNode assigned = put(first, "{\"assigned_to\": %d}".formatted(ann.id()));
        assertThat(assigned.path("assigned_to").path("id").asLong()).isEqualTo(ann.id());
        assertThat(assigned.path("status").asString()).isEqualTo("unresolved");
        assertThat(put(first, "{\"status\": \"resolved\"}")
                        .path("assigned_to")
                        .path("id")
                        .asLong())
                .as("what is absent stays")
                .isEqualTo(ann.id());
        assertThat(messages("&assignee=" + ann.id())).containsExactly("Call me on 555 0100");
        assertThat(PEOPLE.as(ann, "GET", "/api/v1/feedback?assignee=me&project=" + slug, null)
                        .json()
                        .path("results"))
                .hasSize(1);
        assertThat(put(first, "{\"assigned_to\": null}").path("assigned_to").isNull())
                .isTrue();

        Reply many = API.put(
                "/api/v1/feedback",
                "{\"ids\": [\"%s\", \"%s\", \"%s\"], \"status\": \"resolved\"}"
                        .formatted(StoredRows.hex(first), StoredRows.hex(second), StoredRows.hex(UUID.randomUUID())));
        assertThat(many.json().path("changed").asInt())
                .as("one was resolved before, one is none")
                .isEqualTo(1);
        assertThat(messages("&status=resolved")).hasSize(2);
        assertThat(API.database()
                        .sql("SELECT action || ' ' || coalesce(before::text, '') || after::text FROM audit_log"
                                + " WHERE object_type = 'feedback' AND object_id = ANY (:ids) ORDER BY id")
                        .param("ids", new String[] {StoredRows.hex(first), StoredRows.hex(second)})
                        .query(String.class)
                        .list())
                .hasSize(4)
                .allSatisfy(entry ->
                        assertThat(entry).startsWith("feedback.changed").doesNotContain("555"));
    }

    @Test
    void nobodyChangesOrSeesWhatIsNotTheirs() {
        UUID id = ROWS.feedback(project, now, event, "The cart is empty");
        String path = "/api/v1/feedback/" + StoredRows.hex(id);
        User viewer = PEOPLE.user(Role.VIEWER);

        assertThat(PEOPLE.as(viewer, "GET", path, null).status()).isEqualTo(200);
        assertThat(PEOPLE.as(viewer, "PUT", path, "{\"status\": \"spam\"}").status())
                .isEqualTo(403);
        assertThat(API.put(path, "{\"status\": \"open\"}").status()).isEqualTo(400);
        assertThat(API.put(path, "{\"assigned_to\": 999999999}").json().toString())
                .contains("assigned_to", "active user");
        assertThat(API.put(path, "{\"assigned_to\": \"ann\"}").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/feedback/" + StoredRows.hex(UUID.randomUUID()))
                        .status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/feedback/x").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/feedback/" + StoredRows.hex(event)).status())
                .as("an event is no feedback")
                .isEqualTo(404);
    }

    private JsonNode put(UUID id, String change) {
        Reply reply = API.put("/api/v1/feedback/" + StoredRows.hex(id), change);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.json();
    }

    private JsonNode list(String filter) {
        Reply reply = API.get("/api/v1/feedback?project=" + slug + filter);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.json().path("results");
    }

    private List<String> messages(String filter) {
        return list(filter)
                .valueStream()
                .map(one -> one.path("message").asString())
                .toList();
    }
}
