package dev.resentry.processor.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.project.ProjectId;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.processor.project.ProjectRules;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssuePosition;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueSort;
import dev.resentry.storage.ledger.BrokerOffsets;
import dev.resentry.storage.ledger.LedgerBalance;
import dev.resentry.storage.ledger.LedgerFilter;
import dev.resentry.storage.ledger.LedgerList;
import dev.resentry.storage.ledger.LedgerQueries;
import dev.resentry.storage.project.ProjectProcessing;
import dev.resentry.storage.project.ProjectProcessingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What projects filter is not stored, is counted, and comes back by a replay once it is wanted. */
@Timeout(180)
class FiltersIT {
    private static final ProjectId PROJECT = new ProjectId(1);

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
    void whatIsFilteredIsCountedAndComesBackByAReplayOnceItIsWanted() throws Exception {
        UUID wanted = UUID.randomUUID();
        UUID unwanted = UUID.randomUUID();
        setFilters("{\"error_messages\": [\"unwanted*\"], \"environments\": [\"dev\"]}");
        past.send(ReplayedPast.event(wanted, "wanted"));
        past.send(
                ReplayedPast.event(unwanted, "unwanted") + "{\"type\":\"attachment\",\"filename\":\"a.txt\"}\nnote\n");
        past.send("{}\n{\"type\":\"event\"}\n{\"message\":\"of a developer\",\"environment\":\"dev\"}\n");

        assertThat(stored(wanted)).isEqualTo(1);
        assertThat(stored(unwanted)).isZero();
        assertThat(processor.count("attachments")).isZero();
        assertThat(processor.count("event_identities WHERE event_id = '%s'".formatted(unwanted)))
                .isZero();
        assertThat(processor.count("envelopes WHERE outcome = 'stored' AND event_id = '%s'".formatted(unwanted)))
                .as("the raw envelope is kept")
                .isEqualTo(1);
        assertThat(totals())
                .containsExactly("attachment error-message 1", "error environment 1", "error error-message 1");
        assertBooksAreRight(3);
        assertThat(listed(LedgerFilter.Fate.FILTERED, null)).hasSize(2);
        assertThat(listed(null, "environment")).hasSize(1);
        assertThat(listed(LedgerFilter.Fate.DROPPED, null)).isEmpty();

        setFilters("{\"environments\": [\"dev\"]}");
        JsonNode result = past.replay(ReplayedPast.everything(false));

        assertThat(ReplayedPast.change(result, "events")).isEqualTo("1 0 0");
        assertThat(ReplayedPast.change(result, "attachments")).isEqualTo("1 0 0");
        assertThat(stored(unwanted)).isEqualTo(1);
        assertThat(totals()).containsExactly("error environment 1");
        assertBooksAreRight(1);

        past.send(ReplayedPast.event(unwanted, "sent again by its SDK"));
        assertThat(stored(unwanted)).isEqualTo(1);

        setFilters("{\"error_messages\": [\"unwanted*\"], \"environments\": [\"dev\"]}");
        JsonNode filtered = past.replay(ReplayedPast.everything(false));

        assertThat(ReplayedPast.change(filtered, "events")).isEqualTo("0 0 1");
        assertThat(stored(unwanted)).isZero();
        assertThat(past.number("SELECT sum(event_count) FROM issues WHERE title = '%s'", "unwanted"))
                .isZero();
        assertThat(listedIssues()).containsExactly("wanted");
        assertThat(past.number("SELECT count(*) FROM issues WHERE title = '%s'", "unwanted"))
                .as("what people did with it is kept")
                .isEqualTo(1);
        assertBooksAreRight(3);
    }

    /** Stores filters and waits until the processor goes by them. */
    private static void setFilters(String json) {
        ProjectRules.Source rules = processor.bean(ProjectRules.Source.class);
        ProjectProcessingStore store = processor.bean(ProjectProcessingStore.class);
        ProjectRules before = rules.of(PROJECT);
        long revision =
                store.find(PROJECT.value()).map(ProjectProcessing::revision).orElse(0L);
        assertThat(store.replaceFilters(PROJECT.value(), json, revision, "ann@example.com"))
                .isPresent();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(rules.of(PROJECT)).isNotSameAs(before));
    }

    private static long stored(UUID event) {
        return processor.count("events WHERE event_id = '%s'".formatted(event));
    }

    private static List<String> totals() {
        return past.texts("SELECT category || ' ' || reason || ' ' || items FROM outcome_totals"
                + " WHERE outcome = 'filtered' AND items > 0 ORDER BY 1");
    }

    private static List<String> listedIssues() {
        return new IssueQueries(processor.jdbc())
                .list(IssueFilter.ALL, IssueSort.LAST_SEEN, IssuePosition.FIRST, 10).entries().stream()
                        .map(listed -> listed.issue().title())
                        .toList();
    }

    private static List<?> listed(LedgerFilter.Fate fate, String reason) {
        return new LedgerList(processor.jdbc())
                .page(
                        new LedgerFilter(fate, reason, PROJECT.value(), null, null),
                        VisibleProjects.ALL,
                        Position.NEWEST,
                        10)
                .entries();
    }

    private static void assertBooksAreRight(long filtered) {
        KafkaSettings kafka = processor.bean(KafkaSettings.class);
        TopicOffsets.Answer answer =
                processor.bean(TopicOffsets.class).ask(kafka.topics().envelopes(), kafka.processorGroup());
        LedgerBalance balance = new LedgerQueries(processor.jdbc())
                .balance(
                        null,
                        null,
                        Instant.now(),
                        new BrokerOffsets(answer.topicId(), answer.ends(), answer.committed()));
        assertThat(balance.envelopes().difference()).isZero();
        assertThat(balance.items().difference()).isZero();
        assertThat(balance.items().filtered()).isEqualTo(filtered);
    }
}
