package dev.resentry.storage.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.database.DataRefusal;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchRecord.Received;
import dev.resentry.storage.ingest.IngestedItem;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;

/** Payloads are stored as text, and whatever is stored is read as JSONB. */
@Timeout(60)
class StoredPayloadIT {
    private static RollupDatabase database;
    private static EventQueries events;

    @BeforeAll
    static void start() {
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        events = new EventQueries(database.jdbc);
        database.addProject(1);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void aPayloadIsReadAsItWasWrittenAndQueriedAsJsonb() {
        EventId id = store("{\"user\":{\"id\":\"7\"},\"b\":1.50,\"a\":[\"\ud83d\ude00\"]}");

        assertThat(wholePayload(id)).isEqualTo("{\"user\":{\"id\":\"7\"},\"b\":1.50,\"a\":[\"\ud83d\ude00\"]}");
        assertThat(database.texts(
                        "SELECT concat_ws(' ', pg_typeof(e.payload), e.payload #>> '{user,id}', payload_jsonb) FROM events e WHERE event_id = '%s'"
                                .formatted(id)))
                .containsExactly("jsonb 7");
    }

    @Test
    void ofAPayloadThatMayBeNoneTheDatabaseDecides() {
        EventId odd = store("{\"n\":1e5000}");

        assertThat(database.texts(
                        "SELECT coalesce(payload_json, 'none') || ' ' || length(e.payload ->> 'n') FROM events e WHERE event_id = '%s'"
                                .formatted(odd)))
                .containsExactly("none 5001");
        assertThat(wholePayload(odd)).startsWith("{\"n\": 1000");
        assertThatThrownBy(() -> store("{\"n\":1e500000}"))
                .isInstanceOfSatisfying(
                        DataAccessException.class,
                        refused -> assertThat(DataRefusal.isBehind(refused)).isTrue());
    }

    @Test
    void thePayloadOfAnEarlierVersionIsStillReadAndSearched() {
        EventId id = store("{\"b\":1,\"a\":2}");
        database.jdbc
                .sql("UPDATE events SET payload_jsonb = payload_json::jsonb, payload_json = NULL WHERE event_id = '%s'"
                        .formatted(id))
                .update();

        assertThat(wholePayload(id)).isEqualTo("{\"a\": 2, \"b\": 1}");
        assertThat(database.texts("SELECT e.payload ->> 'a' FROM events e WHERE event_id = '%s'".formatted(id)))
                .containsExactly("2");
    }

    private static String wholePayload(EventId id) {
        return events.find(id, VisibleProjects.ALL).orElseThrow().payloadJson();
    }

    private static EventId store(String payload) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        var said = new Said(1, 1, now, now, "production", "error", "1.0", 1L, Map.of());
        var record = (Received) RollupDatabase.event(said, RollupDatabase.hash("s1", 1), List.of());
        IngestedItem item = record.envelope().items().getFirst();
        NewEvent plain = item.rows(NewEvent.class).getFirst();
        var event = new NewEvent(
                new EventId(UUID.randomUUID()),
                plain.occurredAt(),
                plain.level(),
                plain.platform(),
                plain.title(),
                plain.culprit(),
                plain.message(),
                plain.release(),
                plain.environment(),
                plain.attributes(),
                plain.hash(),
                plain.otherHashes(),
                plain.tags(),
                payload);
        BatchRecord stored = new Received(
                record.source(),
                record.envelope()
                        .with(
                                0,
                                new IngestedItem(
                                        item.header(),
                                        item.payloadOffset(),
                                        item.payloadLength(),
                                        event.id(),
                                        item.outcome(),
                                        List.of(event))));
        database.batches.store(List.of(stored));
        return event.id();
    }
}
