package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.event.EventId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What one Resentry has is brought over into another one by the first one's {@code /api/0}. */
@Timeout(300)
@ExtendWith(SharedCluster.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImportIT {
    /** More than a page. */
    private static final int EVENTS_PER_ISSUE = 26;

    /** Two of one issue, and one by which the cluster saw that the project was known. */
    private static final int IMPORTED = EVENTS_PER_ISSUE + 3;

    @TempDir
    private static Path directory;

    private static Api from;
    private static Api into;
    private static Standalone standalone;
    private static String token;
    private static final List<String> EVENTS = new ArrayList<>();

    @BeforeAll
    static void fillOneAndStartTheOther(Cluster cluster) throws Exception {
        standalone = Standalone.unpackedIn(directory);
        ServiceProcess process = standalone.up(Map.of(
                "RESENTRY_ADMIN_EMAIL", Api.EMAIL,
                "RESENTRY_ADMIN_PASSWORD", Api.PASSWORD,
                "RESENTRY_ALLOWED_NETWORKS", "127.0.0.0/8"));
        from = cluster.apiWithNewProject("To be moved");
        Sender sender = Sender.of(from, cluster.gateway.url());
        Instant happened = Instant.now().minus(Duration.ofHours(30));
        for (int i = 0; i < 2; i++) {
            EventId id = Sender.newId();
            assertThat(sender.send(Sender.event(id, refusedCard(id, happened.plusSeconds(i))))
                            .status())
                    .isEqualTo(200);
            EVENTS.add(id.toString());
        }
        for (int i = 0; i < EVENTS_PER_ISSUE + 1; i++) {
            EventId message = Sender.newId();
            assertThat(sender.send(Sender.event(message, "the till is empty")).status())
                    .isEqualTo(200);
            from.awaitEvent(message.toString());
            EVENTS.add(message.toString());
        }
        EVENTS.forEach(from::awaitEvent);
        long refused = issueOf(from, EVENTS.getFirst());
        long empty = issueOf(from, EVENTS.getLast());
        assertThat(from.post("/api/v1/issues/%d/comments".formatted(refused), Map.of("text", "The bank says no."))
                        .status())
                .isEqualTo(201);
        set(from, refused, Map.of("assigned_to", me(from)));
        set(from, empty, Map.of("status", "resolved"));
        Http.Answer made = from.post(
                "/api/v1/tokens", Map.of("name", "move", "scopes", List.of("org:read", "project:read", "event:read")));
        assertThat(made.status()).isEqualTo(201);
        token = made.json().path("token").asString();
        process.awaitReady();
        into = Api.login(standalone.url());
    }

    @AfterAll
    static void stop() {
        standalone.close();
    }

    @Test
    @Order(1)
    void aDryRunTellsWhatItWouldBringAndChangesNothing() {
        JsonNode job = imported(Map.of("dry_run", true));

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("succeeded");
        assertSums(
                job,
                Map.of("projects", 1, "issues", 3, "events", IMPORTED, "statuses", 1, "assignees", 1, "comments", 1));
        assertThat(into.json("/projects").findValuesAsString("slug")).doesNotContain(from.slug());
        assertThat(into.get("/events/" + EVENTS.getFirst()).status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void eventsIssuesAndWhatPeopleSaidAreBroughtOver() {
        JsonNode job = imported(Map.of());

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("succeeded");
        assertSums(
                job,
                Map.of("projects", 1, "issues", 3, "events", IMPORTED, "statuses", 1, "assignees", 1, "comments", 1));
        JsonNode refused = into.awaitEvent(EVENTS.getFirst());
        JsonNode original = from.awaitEvent(EVENTS.getFirst());
        for (String field :
                List.of("title", "culprit", "level", "platform", "release", "environment", "timestamp", "user")) {
            assertThat(refused.path(field)).as(field).isEqualTo(original.path(field));
        }
        assertThat(refused.findValue("context_line").asString()).isEqualTo("    raise PaymentError(card)");
        long issue = issueOf(into, EVENTS.getFirst());
        assertThat(issueOf(into, EVENTS.get(1))).isEqualTo(issue);
        assertThat(into.json("/issues/" + issue).path("count").asLong()).isEqualTo(2);
        assertThat(into.json("/api/v1/issues/" + issue).at("/assignee/email").asString())
                .isEqualTo(Api.EMAIL);
        assertThat(into.all("/api/v1/issues/%d/comments".formatted(issue)))
                .singleElement()
                .satisfies(comment ->
                        assertThat(comment.at("/data/text").asString()).endsWith("The bank says no."));
        assertThat(status(into, issueOf(into, EVENTS.getLast()))).isEqualTo("resolved");
        assertThat(into.get("/events/" + EVENTS.get(2)).status())
                .as("the oldest is one too many")
                .isEqualTo(404);
        assertThat(directory.resolve("data/run/resentry.log")).content().doesNotContain(token);
    }

    @Test
    @Order(3)
    void aSecondImportAddsNothingAndLeavesAloneWhatPeopleDid() {
        long empty = issueOf(into, EVENTS.getLast());
        set(into, empty, Map.of("status", "unresolved"));

        JsonNode job = imported(Map.of());

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("succeeded");
        assertSums(job, Map.of("existing_projects", 1, "issues", 3, "known_events", IMPORTED));
        assertThat(status(into, empty)).isEqualTo("unresolved");
        assertThat(into.json("/issues/" + issueOf(into, EVENTS.getFirst()))
                        .path("count")
                        .asLong())
                .isEqualTo(2);
    }

    @Test
    @Order(4)
    void aTokenThatIsRefusedEndsItWithTheReason() {
        JsonNode job = imported(Map.of("token", "rsy_wrong"));

        assertThat(job.path("state").asString()).isEqualTo("failed");
        assertThat(job.path("failure").asString()).contains("with 401");
        assertThat(job.toString()).doesNotContain("rsy_wrong");
    }

    private static JsonNode refusedCard(EventId id, Instant at) {
        return Http.JSON.readTree("""
            {"event_id":"%s","timestamp":"%s","platform":"python","level":"fatal","release":"shop@3.1","environment":"production",
             "tags":{"till":"7"},"user":{"id":"u-9","email":"bea@example.com"},
             "request":{"method":"POST","url":"https://shop.example/pay"},
             "exception":{"values":[{"type":"PaymentError","value":"card was refused","stacktrace":{"frames":[
               {"filename":"shop/main.py","function":"main","lineno":3,"in_app":true},
               {"filename":"shop/pay.py","function":"pay","lineno":17,"in_app":true,
                "pre_context":["def pay(card):"],"context_line":"    raise PaymentError(card)","post_context":["",""]}]}}]}}
            """.formatted(id, at));
    }

    private static JsonNode imported(Map<String, Object> more) {
        Map<String, Object> wanted = new HashMap<>(Map.of(
                "url",
                from.url(),
                "organization",
                "default",
                "token",
                token,
                "projects",
                List.of(from.slug()),
                "events_per_issue",
                EVENTS_PER_ISSUE));
        wanted.putAll(more);
        Http.Answer started = into.post("/api/v1/imports", wanted);
        assertThat(started.status()).as(started.json().toString()).isEqualTo(202);
        String job = "/api/v1/imports/" + started.json().path("id").asLong();
        return await("the import ends")
                .atMost(Duration.ofSeconds(90))
                .until(
                        () -> into.json(job),
                        now -> List.of("succeeded", "failed")
                                .contains(now.path("state").asString()));
    }

    /** Those that are not named are none. */
    private static void assertSums(JsonNode job, Map<String, Integer> sums) {
        job.path("result")
                .properties()
                .forEach(sum -> assertThat(sum.getValue().asInt())
                        .as(sum.getKey() + " of " + job.path("result"))
                        .isEqualTo(sums.getOrDefault(sum.getKey(), 0)));
        assertThat(job.path("result").propertyNames()).containsAll(sums.keySet());
    }

    private static long issueOf(Api api, String event) {
        return api.json("/api/v1/events/" + event).path("issue_id").asLong();
    }

    private static String status(Api api, long issue) {
        return api.json("/api/v1/issues/" + issue).path("status").asString();
    }

    private static long me(Api api) {
        return api.json("/api/v1/session").at("/user/id").asLong();
    }

    private static void set(Api api, long issue, Object change) {
        Http.Answer answer = api.put("/api/v1/issues/" + issue, change);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }
}
