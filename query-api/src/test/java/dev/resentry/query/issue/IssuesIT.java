package dev.resentry.query.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IssuesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00.5Z");

    private static RunningApi api;
    private static StoredRows rows;

    @BeforeAll
    static void start() {
        api = RunningApi.start(RunningApi.freshSettings());
        rows = new StoredRows(api.database());
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void showsAnIssue() {
        long project = rows.project("single");
        long id = rows.issue(project, "Checkout failed", SEEN, "unresolved");

        for (String path : List.of("/issues/" + id, "/issues/" + id + "/", "/api/v1/issues/" + id)) {
            JsonNode issue = api.get(path).json();
            assertThat(issue.path("id").asLong()).isEqualTo(id);
            assertThat(issue.path("project_id").asLong()).isEqualTo(project);
            assertThat(issue.path("project").asString()).isEqualTo("single");
            assertThat(issue.path("title").asString()).isEqualTo("Checkout failed");
            assertThat(issue.path("status").asString()).isEqualTo("unresolved");
            assertThat(issue.path("count").asLong()).isEqualTo(3);
            assertThat(issue.path("last_seen").asString()).isEqualTo("2026-11-18T12:00:00.500Z");
            assertThat(issue.path("first_release").asString()).isEqualTo("1.0");
            assertThat(issue.path("last_release").asString()).isEqualTo("1.1");
        }
        assertThat(api.get("/issues/999999").status()).isEqualTo(404);
        assertThat(api.get("/issues/abc").json().path("details").propertyNames())
                .containsExactly("id");
    }

    @Test
    void filters() {
        long shop = rows.project("shop");
        long desk = rows.project("desk");
        long timeout = rows.issue(shop, "Timeout after 100% of 5_s \\ back", SEEN, "unresolved");
        long resolved = rows.issue(shop, "timeout in cart", SEEN.minusSeconds(1), "resolved");
        long ofDesk = rows.issue(desk, "TIMEOUT", SEEN.minusSeconds(2), "unresolved");

        assertThat(ids("/issues?project=shop")).containsExactly(timeout, resolved);
        assertThat(ids("/issues?project=" + desk)).containsExactly(ofDesk);
        assertThat(ids("/issues?query=timeOut")).containsExactly(timeout, resolved, ofDesk);
        assertThat(ids("/issues?project=shop&query=timeout&status=resolved")).containsExactly(resolved);
        assertThat(ids("/issues?query=100%25+of+5_s+%5C")).containsExactly(timeout);
        assertThat(ids("/issues?query=no_such")).isEmpty();
        assertThat(api.get("/issues?project=nobody").status()).isEqualTo(404);
        assertThat(api.get("/issues?query=a%00b").status()).isEqualTo(400);
        Reply wrong = api.get("/issues?status=open");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("details").propertyNames()).containsExactly("status");
    }

    @Test
    void changesTheStatus() {
        long id = rows.issue(rows.project("changing"), "T", SEEN, "unresolved");

        for (String status : List.of("resolved", "ignored", "unresolved")) {
            Reply reply = api.put("/issues/" + id, "{\"status\": \"%s\"}".formatted(status));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().path("status").asString()).isEqualTo(status);
            assertThat(api.get("/issues/" + id).json().path("status").asString())
                    .isEqualTo(status);
        }
        assertThat(api.put("/issues/" + id, "{\"status\": \"open\"}")
                        .json()
                        .path("details")
                        .propertyNames())
                .containsExactly("status");
        assertThat(api.put("/issues/" + id, "{}").status()).isEqualTo(400);
        assertThat(api.put("/issues/999999", "{\"status\": \"resolved\"}").status())
                .isEqualTo(404);
    }

    @Test
    void pagesWithoutGapsAndDuplicates() {
        long project = rows.project("paged");
        List<Long> wanted = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            // Three share each moment; of those the later id comes first.
            wanted.addFirst(rows.issue(project, "T", SEEN.plus(Duration.ofSeconds(i / 3)), "unresolved"));
        }

        List<Long> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = api.get("/issues?project=paged&limit=4" + next).json();
            page.path("results").forEach(issue -> found.add(issue.path("id").asLong()));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!next.isEmpty());

        assertThat(found).isEqualTo(wanted);
    }

    private static List<Long> ids(String path) {
        return api.get(path)
                .json()
                .path("results")
                .valueStream()
                .map(issue -> issue.path("id").asLong())
                .toList();
    }
}
