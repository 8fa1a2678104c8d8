package dev.resentry.processor.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.project.ProjectProcessingStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of an event whose payload is not kept, and what a replay makes of it. */
@Timeout(180)
class PayloadCapReplayIT {
    private static final String DAYS = "SELECT payloads || ' ' || only_counted FROM issue_days";

    private static ReplayedPast past;
    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws InterruptedException {
        past = new ReplayedPast();
        processor = past.processor;
    }

    @AfterAll
    static void stop() {
        past.close();
    }

    @Test
    void aReplayGivesPayloadsBackAsFarAsTheCapOfNowLeavesRoom() throws Exception {
        ProjectProcessingStore settings = processor.bean(ProjectProcessingStore.class);
        settings.replacePayloadCap(1, 1, 0, "ann@example.com");
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        UUID third = UUID.randomUUID();
        for (UUID event : List.of(first, second, third)) {
            past.send(ReplayedPast.event(event, "of a flood"));
        }

        assertThat(payload(first)).contains("of a flood");
        assertThat(payload(second))
                .as("whose and which event it is")
                .doesNotContain("of a flood")
                .contains("\"id\": \"10\"", "shop@1.2", "berlin");
        assertThat(past.texts(
                        "SELECT message || ' ' || tags::text FROM events WHERE event_id = '%s'".formatted(second)))
                .as("what lists show, and what is counted, is there")
                .containsExactly("of a flood {\"shop\": \"berlin\"}");
        assertThat(past.texts("SELECT outcome FROM envelope_items WHERE event_id = '%s'".formatted(second)))
                .containsExactly("stored");
        assertThat(past.texts(DAYS)).containsExactly("1 2");
        Map<String, List<String>> before = past.rows();

        assertThat(past.replay(ReplayedPast.everything(false)).path("tables").isEmpty())
                .as("a replay under the same cap changes nothing")
                .isTrue();
        assertThat(past.rows()).isEqualTo(before);
        assertThat(past.texts(DAYS)).containsExactly("1 2");

        settings.replacePayloadCap(1, 2, 1, "ann@example.com");
        assertThat(ReplayedPast.change(past.replay(ReplayedPast.everything(true)), "events"))
                .as("a dry run tells")
                .isEqualTo("0 1 0");
        assertThat(past.rows()).isEqualTo(before);
        assertThat(ReplayedPast.change(past.replay(ReplayedPast.everything(false)), "events"))
                .isEqualTo("0 1 0");
        assertThat(payload(second)).contains("of a flood");
        assertThat(past.texts(DAYS)).containsExactly("2 1");
        assertThat(payload(third)).as("beyond the higher cap too").doesNotContain("of a flood");

        settings.replacePayloadCap(1, 1, 2, "ann@example.com");
        past.replay(ReplayedPast.everything(false));
        assertThat(payload(second)).as("a lower cap takes nothing away").contains("of a flood");
        settings.replacePayloadCap(1, null, 3, "ann@example.com");
        past.replay(ReplayedPast.everything(false));
        assertThat(payload(third)).contains("of a flood");
        assertThat(processor.count("events WHERE NOT payload_kept")).isZero();

        for (String table : List.of("issues", "issue_hours", "issue_users", "issue_tags", "issue_releases")) {
            assertThat(past.rows().get(table)).as(table).isEqualTo(before.get(table));
        }
    }

    private static String payload(UUID event) {
        return past.texts("SELECT payload::text FROM events WHERE event_id = '%s'".formatted(event))
                .getFirst();
    }
}
