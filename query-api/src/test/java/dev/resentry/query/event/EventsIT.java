package dev.resentry.query.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventsIT {
    private static final Instant AT = Instant.parse("2026-11-18T23:59:59.000123Z");
    private static final String PAYLOAD = """
            {"exception": {"values": [
                {"type": "IllegalArgumentException", "value": "bad",
                 "stacktrace": {"frames": [{"function": "cause", "filename": "Cart.java", "lineno": 3}]}},
                {"type": "IllegalStateException", "value": "Checkout failed", "stacktrace": {"frames": [
                    {"function": "main", "filename": "Main.java", "lineno": 1},
                    {"function": "checkout", "filename": "Cart.java", "lineno": 7, "context_line": "throw x;",
                     "pre_context": ["a"], "post_context": ["b"], "in_app": true}]}},
                {"type": "Wrapper", "value": "no frames"}]},
             "breadcrumbs": {"values": [{"message": "item 1 added"}]},
             "contexts": {"cart": {"items": 3}}, "user": {"email": "ada@example.com"},
             "request": {"url": "http://shop/"}, "extra": {"n": 12345678901234567890}, "sdk": {"name": "sentry.java"},
             "logentry": {"message": "Cart %s", "formatted": "Cart 7", "params": ["7"]}, "fingerprint": ["{{ default }}"],
             "transaction": "POST /checkout", "server_name": "web-1", "dist": "42", "logger": "shop.checkout",
             "modules": {"cart": "1.2"}, "debug_meta": {"images": [{"debug_id": "d1"}]},
             "errors": [{"type": "invalid_data", "name": "user"}],
             "_meta": {"extra": {"password": {"": {"rem": [["@password", "s", 0, 10]], "len": 4}}}}}
            """;

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void showsAllOfAnEvent() {
        long project = ROWS.project("shown");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        UUID envelope = ROWS.envelope(project, AT, "envelope", null, new byte[] {1});
        UUID id = ROWS.event(project, issue, envelope, AT, PAYLOAD);

        for (String path : List.of("/events/%s", "/events/%s/", "/api/v1/events/%s", "/api/events/%s/")) {
            JsonNode event = API.get(path.formatted(StoredRows.hex(id))).json();
            assertThat(event.path("id").asString()).isEqualTo(StoredRows.hex(id));
            assertThat(event.path("issue_id").asLong()).isEqualTo(issue);
            assertThat(event.path("project_id").asLong()).isEqualTo(project);
            assertThat(event.path("envelope_id").asString()).isEqualTo(envelope.toString());
            assertThat(event.path("received_at").asString()).isEqualTo("2026-11-18T23:59:59.000123Z");
            assertThat(event.path("timestamp").asString()).isEqualTo("2026-11-18T23:59:54.000123Z");
            assertThat(event.path("level").asString()).isEqualTo("error");
            assertThat(event.path("title").asString()).isEqualTo("IllegalStateException: Checkout failed");
            assertThat(event.path("culprit").asString()).isEqualTo("shop.cart");
            assertThat(event.path("platform").asString()).isEqualTo("java");
            assertThat(event.path("release").asString()).isEqualTo("shop@1.4.2");
            assertThat(event.path("environment").asString()).isEqualTo("staging");
            assertThat(event.path("tags").path("role").asString()).isEqualTo("admin");
            assertThat(event.path("exception").path("values").size()).isEqualTo(3);
            assertThat(event.at("/breadcrumbs/values/0/message").asString()).isEqualTo("item 1 added");
            assertThat(event.at("/contexts/cart/items").asInt()).isEqualTo(3);
            assertThat(event.at("/user/email").asString()).isEqualTo("ada@example.com");
            assertThat(event.at("/request/url").asString()).isEqualTo("http://shop/");
            assertThat(event.at("/extra/n").bigIntegerValue()).isEqualTo("12345678901234567890");
            assertThat(event.at("/sdk/name").asString()).isEqualTo("sentry.java");
            assertThat(event.path("message").asString()).isEqualTo("Cart 7");
            assertThat(event.at("/logentry/params/0").asString()).isEqualTo("7");
            assertThat(event.at("/fingerprint/0").asString()).isEqualTo("{{ default }}");
            assertThat(event.path("transaction").asString()).isEqualTo("POST /checkout");
            assertThat(event.path("server_name").asString()).isEqualTo("web-1");
            assertThat(event.path("dist").asString()).isEqualTo("42");
            assertThat(event.path("logger").asString()).isEqualTo("shop.checkout");
            assertThat(event.at("/modules/cart").asString()).isEqualTo("1.2");
            assertThat(event.at("/debug_meta/images/0/debug_id").asString()).isEqualTo("d1");
            assertThat(event.at("/errors/0/name").asString()).isEqualTo("user");
            assertThat(event.path("_meta").toString())
                    .isEqualTo("{\"extra\":{\"password\":{\"\":{\"rem\":[[\"@password\",\"s\",0,10]],\"len\":4}}}}");
        }
    }

    @Test
    void listsShowWhatStandsInColumnsAndNeverReadAPayload() {
        long project = ROWS.project("listed");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        UUID envelope = ROWS.envelope(project, AT, "envelope", null, new byte[] {1});
        // Nested deeper than the reader allows: reading this payload fails.
        String unreadable = "{\"extra\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}";
        UUID id = ROWS.event(project, issue, envelope, AT, unreadable);

        assertThat(API.get("/events/" + StoredRows.hex(id)).status()).isEqualTo(500);
        for (String path : List.of(
                "/api/projects/events",
                "/api/v1/events",
                "/api/v1/projects/%d/events".formatted(project),
                "/issues/%d/events".formatted(issue),
                "/api/v1/issues/%d/events".formatted(issue))) {
            JsonNode event = API.get(path + "?limit=200")
                    .json()
                    .path("results")
                    .valueStream()
                    .filter(entry -> entry.path("id").asString().equals(StoredRows.hex(id)))
                    .findFirst()
                    .orElseThrow();
            assertThat(event.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id",
                            "issue_id",
                            "project_id",
                            "envelope_id",
                            "received_at",
                            "timestamp",
                            "level",
                            "title",
                            "culprit",
                            "message",
                            "platform",
                            "release",
                            "environment",
                            "transaction",
                            "tags");
            assertThat(event.path("issue_id").asLong()).isEqualTo(issue);
            assertThat(event.path("project_id").asLong()).isEqualTo(project);
            assertThat(event.path("envelope_id").asString()).isEqualTo(envelope.toString());
            assertThat(event.path("received_at").asString()).isEqualTo("2026-11-18T23:59:59.000123Z");
            assertThat(event.path("timestamp").asString()).isEqualTo("2026-11-18T23:59:54.000123Z");
            assertThat(event.path("level").asString()).isEqualTo("error");
            assertThat(event.path("title").asString()).isEqualTo("IllegalStateException: Checkout failed");
            assertThat(event.path("culprit").asString()).isEqualTo("shop.cart");
            assertThat(event.path("message").asString()).isEqualTo("Cart 7");
            assertThat(event.path("platform").asString()).isEqualTo("java");
            assertThat(event.path("release").asString()).isEqualTo("shop@1.4.2");
            assertThat(event.path("environment").asString()).isEqualTo("staging");
            assertThat(event.path("tags").path("role").asString()).isEqualTo("admin");
        }
    }

    @Test
    void showsTheStackTraceOfTheExceptionThatHasOne() {
        long project = ROWS.project("traced");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        String id = StoredRows.hex(ROWS.event(project, issue, UUID.randomUUID(), AT, PAYLOAD));

        JsonNode answer = API.get("/events/%s/stacktrace".formatted(id)).json();

        assertThat(answer.path("issue_id").asLong()).isEqualTo(issue);
        assertThat(answer.path("event_id").asString()).isEqualTo(id);
        JsonNode frame = answer.at("/stacktrace/frames/1");
        assertThat(frame.path("function").asString()).isEqualTo("checkout");
        assertThat(frame.path("filename").asString()).isEqualTo("Cart.java");
        assertThat(frame.path("lineno").asInt()).isEqualTo(7);
        assertThat(frame.path("context_line").asString()).isEqualTo("throw x;");
        assertThat(frame.at("/pre_context/0").asString()).isEqualTo("a");
        assertThat(frame.at("/post_context/0").asString()).isEqualTo("b");
    }

    @Test
    void listsAttachmentsOfTheEventFromWhicheverEnvelope() {
        long project = ROWS.project("attached");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        UUID own = ROWS.envelope(project, AT, "envelope", null, "{}three items".getBytes(StandardCharsets.UTF_8));
        UUID event = ROWS.event(project, issue, own, AT, "{}");
        ROWS.item(own, AT, 0, project, "event", 0, 2, event);
        ROWS.item(own, AT, 1, project, "attachment", 2, 11, event);
        Instant later = AT.plus(Duration.ofSeconds(2)); // on the next day
        UUID alone = ROWS.envelope(project, later, "envelope", null, new byte[] {1});
        ROWS.item(alone, later, 0, project, "attachment", 0, 1, event);
        UUID retry = ROWS.envelope(project, later, "envelope", null, new byte[] {1});
        ROWS.item(retry, later, 0, project, "event", 0, 1, event, "duplicate");
        ROWS.item(retry, later, 1, project, "attachment", 0, 1, event);
        ROWS.item(alone, later, 1, project, "attachment", 0, 1, UUID.randomUUID());
        // As it is stored since attachments have a table, and as it is once its envelope has expired.
        ROWS.item(alone, later, 2, project, "attachment", 0, 1, event);
        ROWS.attachment(project, alone, later, 2, event, "{}".getBytes(StandardCharsets.UTF_8));
        UUID expired = StoredRows.envelopeId(later);
        ROWS.attachment(project, expired, later, 0, event, "{}".getBytes(StandardCharsets.UTF_8));

        JsonNode attachments =
                API.get("/events/" + StoredRows.hex(event)).json().path("attachments");

        assertThat(attachments.size()).isEqualTo(4);
        JsonNode first = attachments.path(0);
        assertThat(first.path("filename").asString()).isEqualTo("cart.txt");
        assertThat(first.path("content_type").asString()).isEqualTo("text/plain");
        assertThat(first.path("size").asInt()).isEqualTo(11);
        assertThat(API.get(first.path("url").asString()).text()).isEqualTo("three items");
        assertThat(attachments.path(1).path("url").asString()).contains(alone.toString());
        for (int i = 2; i < 4; i++) {
            JsonNode kept = attachments.path(i);
            assertThat(kept.path("filename").asString()).isEqualTo("view-hierarchy.json");
            assertThat(kept.path("content_type").asString()).isEqualTo("application/json");
            assertThat(kept.path("attachment_type").asString()).isEqualTo("event.view_hierarchy");
            assertThat(kept.path("size").asInt()).isEqualTo(2);
            Reply file = API.get(kept.path("url").asString());
            assertThat(file.text()).isEqualTo("{}");
            assertThat(file.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(file.header("Content-Disposition"))
                    .startsWith("attachment;")
                    .contains("view-hierarchy.json");
        }
    }

    @Test
    void imagesAreKnownByTheirFirstBytesAndRunNothing() {
        long project = ROWS.project("pictured");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        UUID envelope = ROWS.envelope(project, AT, "envelope", null, new byte[] {1});
        UUID event = ROWS.event(project, issue, envelope, AT, "{}");
        ROWS.attachment(
                project, envelope, AT, 0, event, new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0});
        ROWS.attachment(project, envelope, AT, 1, event, "<svg onload='alert(1)'/>".getBytes(StandardCharsets.UTF_8));

        JsonNode attachments =
                API.get("/api/v1/events/" + StoredRows.hex(event)).json().path("attachments");

        List<String> types = new ArrayList<>();
        for (JsonNode attachment : attachments) {
            Reply file = API.get(attachment.path("url").asString());
            types.add(file.header("Content-Type"));
            assertThat(file.header("Content-Disposition")).startsWith("attachment;");
            assertThat(file.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
            assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(types).containsExactly("image/png", "application/octet-stream");
        assertThat(attachments.path(0).path("id"))
                .isNotEqualTo(attachments.path(1).path("id"));
        assertThat(API.get("/api/v1/events/%s/attachments/x".formatted(StoredRows.hex(event)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void leadsFromEachEventOfAnIssueToItsNeighbours() {
        long project = ROWS.project("neighbours");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        ROWS.event(project, ROWS.issue(project, "Other", AT, "unresolved"), UUID.randomUUID(), AT, "{}");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            // The last one on the next day.
            ids.add(StoredRows.hex(ROWS.event(project, issue, UUID.randomUUID(), AT.plusMillis(i * 600L), "{}")));
        }
        String events = "/api/v1/issues/%d/events/".formatted(issue);

        JsonNode latest = API.get(events + "latest").json();
        JsonNode middle =
                API.get(events + latest.path("previous_event_id").asString()).json();
        JsonNode oldest = API.get(events + "oldest").json();

        assertThat(latest.path("id").asString()).isEqualTo(ids.get(2));
        assertThat(latest.path("next_event_id").isNull()).isTrue();
        assertThat(middle.path("id").asString()).isEqualTo(ids.get(1));
        assertThat(middle.path("previous_event_id").asString()).isEqualTo(ids.get(0));
        assertThat(middle.path("next_event_id").asString()).isEqualTo(ids.get(2));
        assertThat(oldest.path("id").asString()).isEqualTo(ids.get(0));
        assertThat(oldest.path("previous_event_id").isNull()).isTrue();
        JsonNode detail = API.get("/api/v1/issues/" + issue).json();
        assertThat(detail.path("first_event_id").asString()).isEqualTo(ids.get(0));
        assertThat(detail.path("last_event_id").asString()).isEqualTo(ids.get(2));
        long other = ROWS.issue(project, "Without events", AT, "unresolved");
        assertThat(API.get("/api/v1/issues/%d/events/latest".formatted(other)).status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/issues/%d/events/%s".formatted(other, ids.get(0)))
                        .status())
                .isEqualTo(404);
        assertThat(API.get(events + "first").status()).isEqualTo(400);
    }

    @Test
    void filtersLists() {
        long project = ROWS.project("filtered-events");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        String staging = StoredRows.hex(ROWS.event(project, issue, UUID.randomUUID(), AT, "{}"));
        String production = StoredRows.hex(ROWS.event(project, issue, UUID.randomUUID(), AT.plusSeconds(5), "{}"));
        API.database()
                .sql(
                        "UPDATE events SET environment = 'production', level = 'fatal', message = 'It burns' WHERE event_id = :id::uuid")
                .param("id", production)
                .update();
        String events = "/api/events/?project=filtered-events&";

        assertThat(ids(events)).containsExactly(production, staging);
        assertThat(ids(events + "environment=staging&environment=test")).containsExactly(staging);
        assertThat(ids(events + "level=fatal")).containsExactly(production);
        assertThat(ids(events + "query=BURNS")).containsExactly(production);
        assertThat(ids(events + "start=" + AT.plusSeconds(1))).containsExactly(production);
        assertThat(ids(events + "end=" + AT.plusSeconds(1))).containsExactly(staging);
        for (String wrong : List.of("level=loud", "start=yesterday", "start=%1$s&end=%1$s".formatted(AT))) {
            Reply reply = API.get(events + wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.json().path("details").propertyNames())
                    .containsExactly(wrong.substring(0, wrong.indexOf('=')));
        }
        assertThat(API.get("/api/events/?project=nobody").status()).isEqualTo(404);
    }

    private static List<String> ids(String path) {
        return API.get(path)
                .json()
                .path("results")
                .valueStream()
                .map(event -> event.path("id").asString())
                .toList();
    }

    @Test
    void pagesWithoutGapsAndDuplicates() {
        long project = ROWS.project("paged");
        long other = ROWS.project("paged-other");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        long otherIssue = ROWS.issue(other, "Title", AT, "unresolved");
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 47; i++) {
            // Several at once, over midnight, and written in another order than they came.
            Instant at = AT.plus(Duration.ofMillis(700L * (i * 7 % 10)));
            UUID id = ROWS.event(project, issue, UUID.randomUUID(), at, "{}");
            wanted.add(at + " " + StoredRows.hex(id));
            ROWS.event(other, otherIssue, UUID.randomUUID(), at, "{}");
        }
        wanted.sort(java.util.Comparator.reverseOrder());

        for (String path :
                List.of("/api/v1/projects/%d/events/".formatted(project), "/issues/%d/events".formatted(issue))) {
            assertThat(everyPage(path, 5)).as(path).isEqualTo(wanted);
            assertThat(everyPage(path, 47)).as(path).isEqualTo(wanted);
            assertThat(everyPage(path, 200)).as(path).isEqualTo(wanted);
        }
        assertThat(everyPage("/api/projects/events", 9))
                .containsSubsequence(wanted)
                .doesNotHaveDuplicates();
        assertThat(everyPage("/api/projects/events/", 9)).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(API.get("/api/projects/events").json().path("results").size())
                .isEqualTo(50);
    }

    @Test
    void refusesWrongPages() {
        for (String wrong :
                List.of("limit=0", "limit=201", "limit=-1", "limit=abc", "cursor=abc", "cursor=%20", "cursor=")) {
            Reply reply = API.get("/api/projects/events?" + wrong);
            assertThat(reply.status()).as(wrong).isEqualTo(400);
            assertThat(reply.json().path("details").propertyNames())
                    .containsExactly(wrong.substring(0, wrong.indexOf('=')));
        }
        assertThat(API.get("/api/projects/events?limit=500")
                        .json()
                        .path("message")
                        .asString())
                .contains("200");
    }

    @Test
    void knowsNoSuchEvent() {
        assertThat(API.get("/events/" + "0".repeat(31) + "1").status()).isEqualTo(404);
        assertThat(API.get("/events/" + "0".repeat(31) + "1/stacktrace").status())
                .isEqualTo(404);
        assertThat(API.get("/events/xyz").status()).isEqualTo(400);
        assertThat(API.get("/issues/999999/events").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/projects/999999/events").status()).isEqualTo(404);
    }

    private static List<String> everyPage(String path, int limit) {
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = API.get(path + "?limit=" + limit + next).json();
            page.path("results")
                    .forEach(event ->
                            found.add(Instant.parse(event.path("received_at").asString()) + " "
                                    + event.path("id").asString()));
            next = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!next.isEmpty());
        return found;
    }
}
