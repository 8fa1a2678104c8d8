package dev.resentry.query.issue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class IssuesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00.5Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void showsAnIssueToPrograms() {
        long project = ROWS.project("single");
        long id = ROWS.issue(project, "Checkout failed", SEEN, "unresolved");

        for (String path : List.of("/issues/" + id, "/issues/" + id + "/")) {
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
        for (String path : List.of("/issues/", "/api/v1/issues/")) {
            assertThat(API.get(path + 999_999).status()).isEqualTo(404);
            assertThat(API.get(path + "abc").json().path("details").propertyNames())
                    .containsExactly("id");
        }
    }

    @Test
    void showsAnIssueWithWhatIsCountedOfIt() {
        long project = ROWS.project("counted-issues");
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        long id = ROWS.issue(project, "IllegalStateException: Checkout failed", hour, "unresolved");
        API.database()
                .sql(
                        "UPDATE issues SET error_type = 'IllegalStateException', is_unhandled = true, event_count = 90, first_seen = :at WHERE id = :id")
                .param("at", hour.minus(Duration.ofDays(9)).atOffset(java.time.ZoneOffset.UTC))
                .param("id", id)
                .update();
        ROWS.hour(project, id, hour, "production", 3);
        ROWS.hour(project, id, hour.minus(Duration.ofHours(23)), "staging", 2);
        ROWS.hour(project, id, hour.minus(Duration.ofHours(24)), "production", 4);

        JsonNode issue = API.get("/api/v1/issues/" + id).json();

        assertThat(issue.at("/project/slug").asString()).isEqualTo("counted-issues");
        assertThat(issue.path("type").asString()).isEqualTo("IllegalStateException");
        assertThat(issue.path("value").asString()).isEqualTo("Checkout failed");
        assertThat(issue.at("/metadata/value").asString()).isEqualTo("Checkout failed");
        assertThat(issue.path("is_unhandled").asBoolean()).isTrue();
        assertThat(issue.path("is_new").asBoolean()).isFalse();
        assertThat(issue.path("events").asLong()).isEqualTo(90);
        assertThat(issue.path("events_total").asLong()).isEqualTo(90);
        assertThat(issue.path("trend").size()).isEqualTo(24);
        assertThat(issue.at("/trend/23").asLong()).isEqualTo(3);
        assertThat(issue.at("/trend/0").asLong()).isEqualTo(2);
        assertThat(issue.at("/trend/22").asLong()).isZero();
        String list = "/api/v1/issues?project=counted-issues&start=" + hour.minus(Duration.ofHours(30));
        JsonNode inWindow = only(list);
        assertThat(inWindow.path("events").asLong()).isEqualTo(9);
        assertThat(inWindow.path("users").asLong())
                .as("of the hour with the most users")
                .isEqualTo(4);
        assertThat(inWindow.path("events_total").asLong()).isEqualTo(90);
        JsonNode ofProduction = only(list + "&environment=production");
        assertThat(ofProduction.path("events").asLong()).isEqualTo(7);
        assertThat(ofProduction.at("/trend/0").asLong()).isZero();
        assertThat(only(list + "&end=" + hour.minus(Duration.ofHours(23)))
                        .path("events")
                        .asLong())
                .isEqualTo(4);
        assertThat(ids(list + "&environment=test")).isEmpty();
        assertThat(ids("/api/v1/issues?project=counted-issues&start=%s&end=%s"
                        .formatted(hour.minus(Duration.ofHours(20)), hour.minus(Duration.ofHours(10)))))
                .as("seen before and after, but not in between")
                .isEmpty();
    }

    @Test
    void filters() {
        long shop = ROWS.project("shop");
        long desk = ROWS.project("desk");
        long timeout = ROWS.issue(shop, "Timeout after 100% of 5_s \\ back", SEEN, "unresolved");
        long resolved = ROWS.issue(shop, "timeout in cart", SEEN.minusSeconds(1), "resolved");
        long ofDesk = ROWS.issue(desk, "TIMEOUT", SEEN.minusSeconds(2), "unresolved");
        API.database()
                .sql("UPDATE issues SET level = 'fatal', culprit = 'desk.Lamp' WHERE id = " + ofDesk)
                .update();

        for (String list : List.of("/issues?", "/api/groups/?", "/api/v1/issues?")) {
            assertThat(ids(list + "project=shop")).containsExactly(timeout, resolved);
            assertThat(ids(list + "project=" + desk)).containsExactly(ofDesk);
            assertThat(ids(list + "project=shop&project=desk&query=timeOut"))
                    .containsExactly(timeout, resolved, ofDesk);
            assertThat(ids(list + "project=shop&query=timeout&status=resolved")).containsExactly(resolved);
            assertThat(ids(list + "query=100%25+of+5_s+%5C")).containsExactly(timeout);
            assertThat(ids(list + "query=desk.lamp&level=fatal")).containsExactly(ofDesk);
            assertThat(ids(list + "query=no_such")).isEmpty();
            assertThat(API.get(list + "project=nobody").status()).isEqualTo(404);
            assertThat(API.get(list + "query=a%00b").status()).isEqualTo(400);
            Reply wrong = API.get(list + "status=open");
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.json().path("details").propertyNames()).containsExactly("status");
        }
        assertThat(ids("/projects/default/shop/issues?status=unresolved")).containsExactly(timeout);
        assertThat(API.get("/projects/default/shop").json().path("id").asLong()).isEqualTo(shop);
        assertThat(API.get("/projects/elsewhere/shop").status()).isEqualTo(404);
        assertThat(API.get("/projects/elsewhere/shop/issues").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/issues?project=shop&project=desk")
                        .json()
                        .path("total")
                        .asLong())
                .isEqualTo(3);
        JsonNode firstOfThree =
                API.get("/api/v1/issues?project=shop&project=desk&limit=1").json();
        assertThat(firstOfThree.path("results").size()).isEqualTo(1);
        assertThat(firstOfThree.path("total").asLong()).isEqualTo(3);
        for (String wrong : List.of(
                "assignee=ann", "level=loud", "sort=luck", "start=monday", "start=%1$s&end=%1$s".formatted(SEEN))) {
            Reply reply = API.get("/api/v1/issues?" + wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.json().path("details").propertyNames())
                    .containsExactly(wrong.substring(0, wrong.indexOf('=')));
        }
    }

    @Test
    void sortsByWhatIsAskedForAndPagesWithoutGapsAndDuplicates() {
        long project = ROWS.project("sorted");
        record Row(long id, Instant last, Instant first, long events, long users, long inWindow) {}
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            // Some share each value; of those the later id comes first.
            Instant last = SEEN.plusSeconds(i / 3);
            Instant first = SEEN.minusSeconds(i * 7 % 5);
            long id = ROWS.issue(project, "T", last, "unresolved");
            long inWindow = 1 + i * 5L % 7;
            API.database()
                    .sql(
                            "UPDATE issues SET first_seen = :first, event_count = :events, users_affected = :users WHERE id = :id")
                    .param("first", first.atOffset(java.time.ZoneOffset.UTC))
                    .param("events", 10 + i * 11 % 6)
                    .param("users", i * 3 % 4)
                    .param("id", id)
                    .update();
            ROWS.hour(project, id, SEEN.truncatedTo(ChronoUnit.HOURS), "", (int) inWindow);
            rows.add(new Row(id, last, first, 10 + i * 11 % 6, i * 3 % 4, inWindow));
        }
        String list = "/api/v1/issues?project=sorted&limit=4&";

        expect(
                list,
                rows.stream()
                        .sorted(Comparator.comparing(Row::last)
                                .thenComparingLong(Row::id)
                                .reversed())
                        .map(Row::id)
                        .toList());
        expect(
                "/issues?project=sorted&limit=4&",
                rows.stream()
                        .sorted(Comparator.comparing(Row::last)
                                .thenComparingLong(Row::id)
                                .reversed())
                        .map(Row::id)
                        .toList());
        expect(
                list + "sort=first_seen&",
                rows.stream()
                        .sorted(Comparator.comparing(Row::first)
                                .thenComparingLong(Row::id)
                                .reversed())
                        .map(Row::id)
                        .toList());
        expect(
                list + "sort=events&",
                rows.stream()
                        .sorted(Comparator.comparingLong(Row::events)
                                .thenComparingLong(Row::id)
                                .reversed())
                        .map(Row::id)
                        .toList());
        expect(
                list + "sort=users&",
                rows.stream()
                        .sorted(Comparator.comparingLong(Row::users)
                                .thenComparingLong(Row::id)
                                .reversed())
                        .map(Row::id)
                        .toList());
        expect(
                list + "sort=events&start=2026-11-18T12:30:00Z&",
                rows.stream()
                        .sorted(Comparator.comparingLong(Row::inWindow)
                                .thenComparingLong(Row::id)
                                .reversed())
                        .map(Row::id)
                        .toList());
        String cursor = API.get(list).json().path("next").asString();
        Reply wrong = API.get(list + "sort=users&cursor=" + cursor);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("details").propertyNames()).containsExactly("cursor");
    }

    private static void expect(String path, List<Long> wanted) {
        List<Long> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = API.get(path + next).json();
            page.path("results").forEach(issue -> found.add(issue.path("id").asLong()));
            next = page.path("next").isNull()
                    ? ""
                    : "cursor=" + page.path("next").asString();
        } while (!next.isEmpty());
        assertThat(found).as(path).isEqualTo(wanted);
    }

    private static JsonNode only(String path) {
        JsonNode results = API.get(path).json().path("results");
        assertThat(results.size()).as(path).isEqualTo(1);
        return results.path(0);
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
