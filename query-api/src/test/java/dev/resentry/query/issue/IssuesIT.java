package dev.resentry.query.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IssuesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00.5Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void showsAnIssue() {
        long project = ROWS.project("single");
        long id = ROWS.issue(project, "Checkout failed", SEEN, "unresolved");

        for (String path : List.of("/issues/" + id, "/issues/" + id + "/", "/api/v1/issues/" + id)) {
            JsonNode issue = API.get(path).json();
            assertThat(issue.path("id").asLong()).isEqualTo(id);
            assertThat(issue.path("project_id").asLong()).isEqualTo(project);
            assertThat(issue.path("project").asString()).isEqualTo("single");
            assertThat(issue.path("title").asString()).isEqualTo("Checkout failed");
            assertThat(issue.path("status").asString()).isEqualTo("unresolved");
            assertThat(issue.path("count").asLong()).isEqualTo(3);
            assertThat(issue.path("users_affected").asLong()).isZero();
            assertThat(issue.path("last_seen").asString()).isEqualTo("2026-11-18T12:00:00.500Z");
            assertThat(issue.path("first_release").asString()).isEqualTo("1.0");
            assertThat(issue.path("last_release").asString()).isEqualTo("1.1");
        }
        assertThat(API.get("/issues/999999").status()).isEqualTo(404);
        assertThat(API.get("/issues/abc").json().path("details").propertyNames())
                .containsExactly("id");
    }

    @Test
    void filters() {
        long shop = ROWS.project("shop");
        long desk = ROWS.project("desk");
        long timeout = ROWS.issue(shop, "Timeout after 100% of 5_s \\ back", SEEN, "unresolved");
        long resolved = ROWS.issue(shop, "timeout in cart", SEEN.minusSeconds(1), "resolved");
        long ofDesk = ROWS.issue(desk, "TIMEOUT", SEEN.minusSeconds(2), "unresolved");

        assertThat(ids("/issues?project=shop")).containsExactly(timeout, resolved);
        assertThat(ids("/issues?project=" + desk)).containsExactly(ofDesk);
        assertThat(ids("/issues?query=timeOut")).containsExactly(timeout, resolved, ofDesk);
        assertThat(ids("/issues?project=shop&query=timeout&status=resolved")).containsExactly(resolved);
        assertThat(ids("/issues?query=100%25+of+5_s+%5C")).containsExactly(timeout);
        assertThat(ids("/issues?query=no_such")).isEmpty();
        assertThat(API.get("/issues?project=nobody").status()).isEqualTo(404);
        assertThat(API.get("/issues?query=a%00b").status()).isEqualTo(400);
        Reply wrong = API.get("/issues?status=open");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("details").propertyNames()).containsExactly("status");
    }

    @Test
    void aChangeOfStatusIsPublishedUnlessItChangesNothing() {
        long id = ROWS.issue(ROWS.project("told"), "Told", SEEN, "unresolved");

        API.put("/issues/" + id, "{\"status\": \"resolved\"}");
        API.put("/issues/" + id, "{\"status\": \"resolved\"}");

        assertThat(ROWS.eventsOutbox())
                .filteredOn(value -> value.contains("\"issue_id\":" + id))
                .singleElement()
                .asString()
                .contains(
                        "\"type\":\"issue_changed\"",
                        "\"status\":\"resolved\"",
                        "\"changed_by\":\"",
                        "\"cause\":\"live\"");
    }

    @Test
    void changesTheStatus() {
        long id = ROWS.issue(ROWS.project("changing"), "T", SEEN, "unresolved");

        for (String status : List.of("resolved", "ignored", "unresolved")) {
            Reply reply = API.put("/issues/" + id, "{\"status\": \"%s\"}".formatted(status));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("status").asString()).isEqualTo(status);
            assertThat(API.get("/issues/" + id).json().path("status").asString())
                    .isEqualTo(status);
        }
        assertThat(API.put("/issues/" + id, "{\"status\": \"open\"}")
                        .json()
                        .path("details")
                        .propertyNames())
                .containsExactly("status");
        assertThat(API.put("/issues/" + id, "{}").status()).isEqualTo(400);
        assertThat(API.put("/issues/999999", "{\"status\": \"resolved\"}").status())
                .isEqualTo(404);
    }

    @Test
    void pagesWithoutGapsAndDuplicates() {
        long project = ROWS.project("paged-issues");
        List<Long> wanted = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            // Three share each moment; of those the later id comes first.
            wanted.addFirst(ROWS.issue(project, "T", SEEN.plus(Duration.ofSeconds(i / 3)), "unresolved"));
        }

        List<Long> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    API.get("/issues?project=paged-issues&limit=4" + next).json();
            page.path("results").forEach(issue -> found.add(issue.path("id").asLong()));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!next.isEmpty());

        assertThat(found).isEqualTo(wanted);
    }

    private static List<Long> ids(String path) {
        return API.get(path)
                .json()
                .path("results")
                .valueStream()
                .map(issue -> issue.path("id").asLong())
                .toList();
    }
}
