package dev.resentry.processor.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.feedback.FeedbackFilter;
import dev.resentry.storage.feedback.FeedbackQueries;
import dev.resentry.storage.feedback.FeedbackStatus;
import dev.resentry.storage.feedback.FeedbackStore;
import dev.resentry.storage.feedback.FeedbackStore.Change;
import dev.resentry.storage.feedback.StoredFeedback;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Feedback of both forms, as SDKs send it: stored once, with its event, its files and what people made of it. */
@Timeout(180)
class FeedbackIT {
    private static final VisibleProjects PROJECT = new VisibleProjects(Set.of(1L));
    private static final FeedbackFilter ALL = new FeedbackFilter(PROJECT, null, null, null, null, null, null, null);

    private static ReplayedPast past;
    private static FeedbackQueries queries;
    private static FeedbackStore store;

    @BeforeAll
    static void start() throws InterruptedException {
        past = new ReplayedPast();
        queries = new FeedbackQueries(past.processor.jdbc());
        store = new FeedbackStore(past.processor.jdbc());
    }

    @AfterAll
    static void stop() {
        past.close();
    }

    @AfterEach
    void forget() {
        past.sql("TRUNCATE envelopes, envelope_items, events, issues, event_identities, attachments, feedback,"
                + " feedback_states, dead_letters CASCADE");
    }

    /** As the widget of @sentry/browser 10 sends it, with a screenshot. */
    @Test
    void theFormOfModernSdksIsStoredWithItsScreenshot() throws Exception {
        String id = id();
        String about = id();
        String envelope = """
                {"event_id":"%1$s","sent_at":"2026-11-20T12:00:00.000Z","sdk":{"name":"sentry.javascript.browser","version":"10.12.0"}}
                {"type":"feedback"}
                {"contexts":{"feedback":{"contact_email":"ada@example.com","name":"Ada","message":" The cart is empty ",\
                "url":"https://shop.example/cart?token=8d0cb2eb9c6ff8a1b9c2d3e4f5a6b7c8","source":"widget",\
                "associated_event_id":"%2$s","replay_id":"%3$s"},\
                "trace":{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"fa90fdead5f74052"}},\
                "type":"feedback","level":"info","event_id":"%1$s","timestamp":1795175940,"environment":"production",\
                "release":"shop@1.4.0","platform":"javascript","tags":{"plan":"gold"},\
                "sdk":{"name":"sentry.javascript.browser","version":"10.12.0"}}
                {"type":"attachment","length":4,"filename":"screenshot.png","content_type":"image/png"}
                xPNG
                """.formatted(id, about, id());
        past.send(envelope);
        past.send(envelope);

        StoredFeedback feedback = only();
        assertThat(feedback.id()).hasToString(id);
        assertThat(feedback.message()).isEqualTo("The cart is empty");
        assertThat(feedback.name()).isEqualTo("Ada");
        assertThat(feedback.email()).isEqualTo("ada@example.com");
        assertThat(feedback.url()).startsWith("https://shop.example/cart").doesNotContain("8d0cb2eb");
        assertThat(feedback.source()).isEqualTo("widget");
        assertThat(feedback.aboutEvent()).hasToString(about);
        assertThat(feedback.issue()).isNull();
        assertThat(feedback.replayId()).isNotNull();
        assertThat(feedback.traceId()).hasToString("4c79f60c-1121-4eb3-8604-f4ae0781bfb2");
        assertThat(feedback.environment()).isEqualTo("production");
        assertThat(feedback.release()).isEqualTo("shop@1.4.0");
        assertThat(feedback.sdkName()).isEqualTo("sentry.javascript.browser");
        assertThat(feedback.tagsJson()).contains("\"plan\": \"gold\"");
        assertThat(feedback.attachments()).isEqualTo(1);
        assertThat(feedback.status()).isEqualTo(FeedbackStatus.UNRESOLVED);
        assertThat(past.texts(
                        "SELECT type || ' ' || outcome FROM envelope_items WHERE type NOT LIKE 'last-%' ORDER BY 1"))
                .containsExactly("attachment duplicate", "attachment stored", "feedback duplicate", "feedback stored");
    }

    /** As sentry-java 8 sends it by {@code Sentry.captureUserFeedback}: the event may come before it or after. */
    @Test
    void theOlderFormFindsItsEventWhicheverComesFirst() throws Exception {
        UUID event = UUID.randomUUID();
        past.send(userReport(event, "Ada", "It broke"));
        past.send(userReport(event, "Ada", "It broke"));

        assertThat(only().issue()).as("the event is to come").isNull();
        assertThat(only().aboutEvent()).isEqualTo(new EventId(event));
        assertThat(only().source()).isEqualTo("user_report");

        past.send(ReplayedPast.event(event, "checkout failed"));
        past.send(userReport(event, "Bob", "Mine too"));

        long issue = past.number("SELECT issue_id FROM events WHERE event_id = '%s'", event);
        assertThat(list(FeedbackFilter.ofIssue(1, issue)))
                .extracting(StoredFeedback::message)
                .containsExactly("Mine too", "It broke");
        assertThat(list(ALL)).allSatisfy(one -> {
            assertThat(one.issue()).isNotNull();
            assertThat(one.issue().id()).isEqualTo(issue);
        });

        assertThat(list(new FeedbackFilter(PROJECT, null, null, Set.of("production"), null, null, null, null)))
                .as("of the environment of their event")
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.release()).isEqualTo("shop@1.2"));
        assertThat(list(new FeedbackFilter(PROJECT, null, null, Set.of("staging"), null, null, null, null)))
                .isEmpty();

        // What a merge does.
        past.send(ReplayedPast.event(UUID.randomUUID(), "another issue altogether"));
        long other = past.number("SELECT max(id) FROM issues", "");
        past.sql("UPDATE events SET issue_id = %d WHERE event_id = '%s'".formatted(other, event));
        assertThat(list(FeedbackFilter.ofIssue(1, issue))).isEmpty();
        assertThat(list(FeedbackFilter.ofIssue(1, other))).hasSize(2);

        past.sql("DELETE FROM events WHERE event_id = '%s'".formatted(event));
        assertThat(list(ALL))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.issue()).isNull());
    }

    @Test
    void aReplayRewritesFeedbackAndLeavesWhatPeopleMadeOfIt() throws Exception {
        past.send(userReport(UUID.randomUUID(), "Ada", "It broke"));
        past.send(feedback(id(), "{\"message\":\"Nice shop\"}"));
        EventId spam = list(ALL).getFirst().id();
        assertThat(change(spam, new Change(FeedbackStatus.SPAM, false, null))).isOne();
        assertThat(change(spam, new Change(FeedbackStatus.SPAM, false, null))).isZero();
        List<String> live = rows();

        assertThat(ReplayedPast.change(past.replay(ReplayedPast.everything(false)), "feedback"))
                .isEqualTo("none");
        assertThat(rows()).isEqualTo(live);

        // As an earlier version has left it, which kept the items and made nothing of them.
        past.sql("DELETE FROM event_identities");
        past.sql("DELETE FROM feedback");
        assertThat(ReplayedPast.change(past.replay(ReplayedPast.everything(false)), "feedback"))
                .isEqualTo("2 0 0");
        assertThat(rows()).isEqualTo(live);
        assertThat(queries.counts(ALL))
                .containsEntry(FeedbackStatus.SPAM, 1L)
                .containsEntry(FeedbackStatus.UNRESOLVED, 1L)
                .containsEntry(FeedbackStatus.RESOLVED, 0L);
    }

    @Test
    void whatIsHostileOrBrokenIsBoundedOrSaid() throws Exception {
        past.send(feedback(id(), "{\"message\":\"%s\",\"name\":\"%s\"}".formatted("m".repeat(5_000), "n".repeat(300))));
        past.send(feedback(id(), "{\"message\":\"a\\u0000b<script>alert(1)</script>\",\"associated_event_id\":\"x\"}"));
        past.send(feedback(id(), "{\"message\":\"   \"}"));
        past.send(feedback(id(), "{\"message\":{\"a\":1}}"));
        past.send(feedback(id(), "\"none\""));
        past.send("{}\n{\"type\":\"user_report\"}\n[1]\n");
        past.send(
                "{}\n{\"type\":\"user_report\"}\n{\"event_id\":\"00000000000000000000000000000000\",\"comments\":\"Hi\"}\n");

        List<StoredFeedback> stored = list(ALL);
        assertThat(stored).hasSize(3);
        assertThat(stored.get(0).aboutEvent()).as("an id of zeros is none").isNull();
        assertThat(stored.get(1).message())
                .endsWith("b<script>alert(1)</script>")
                .doesNotContain("\0");
        assertThat(stored.get(1).aboutEvent()).isNull();
        assertThat(stored.get(2).message().length()).isBetween(4_000, 4_096);
        assertThat(String.valueOf(stored.get(2).name())).hasSizeLessThanOrEqualTo(200);
        assertThat(past.texts("SELECT drop_reason FROM envelope_items WHERE outcome = 'dropped' ORDER BY 1"))
                .containsExactly("invalid_item", "invalid_item", "invalid_item", "invalid_json");
    }

    private static int change(EventId id, Change change) {
        return store.change(List.of(id), change, PROJECT, "ann@example.com", Instant.now())
                .size();
    }

    private static List<String> rows() {
        return past.texts("""
                SELECT to_jsonb(f)::text || coalesce(to_jsonb(s)::text, '')
                FROM feedback f LEFT JOIN feedback_states s USING (project_id, feedback_id) ORDER BY 1
                """);
    }

    private static StoredFeedback only() {
        List<StoredFeedback> stored = list(ALL);
        assertThat(stored).hasSize(1);
        return queries.find(stored.getFirst().id(), PROJECT).orElseThrow();
    }

    private static List<StoredFeedback> list(FeedbackFilter filter) {
        return queries.list(filter, Position.NEWEST, 50).entries();
    }

    private static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String feedback(String id, String context) {
        return """
                {"event_id":"%s"}
                {"type":"feedback"}
                {"contexts":{"feedback":%s},"type":"feedback"}
                """.formatted(id, context);
    }

    private static String userReport(UUID event, String name, String comments) {
        String id = event.toString().replace("-", "");
        return """
                {"event_id":"%1$s","sdk":{"name":"sentry.java","version":"8.22.0"}}
                {"content_type":"application/json","type":"user_report","length":%3$d}
                %2$s
                """.formatted(
                id, report(id, name, comments), report(id, name, comments).length());
    }

    private static String report(String event, String name, String comments) {
        return "{\"event_id\":\"%s\",\"name\":\"%s\",\"email\":\"%s@example.com\",\"comments\":\"%s\"}"
                .formatted(event, name, name.toLowerCase(Locale.ROOT), comments);
    }
}
