package dev.resentry.query.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class StacktraceResponseTest {

    /** As TitleTest has it in event-processing: people see the stack trace that the culprit is of. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | []",
                "{\"exception\": null, \"threads\": null} | []",
                "{\"exception\": {\"values\": [F1, F2]}} | [2]",
                "{\"exception\": {\"values\": [F1, {\"type\": \"T\"}, null]}, \"threads\": {\"values\": [F2]}} | [1]",
                "{\"threads\": {\"values\": [F1, CRASHED]}} | [9]",
                "{\"threads\": {\"values\": [F1, CURRENT]}, \"stacktrace\": {\"frames\": [{\"n\": 2}]}} | [8]",
                "{\"threads\": {\"values\": [F1]}, \"stacktrace\": {\"frames\": [{\"n\": 2}]}} | [2]",
                "{\"threads\": {\"values\": [CRASHED]}, \"stacktrace\": {\"frames\": [{\"n\": 2}]}} | [9]",
                "{\"threads\": {\"values\": [F1, F2]}} | [1]",
                "{\"stacktrace\": {\"frames\": [{\"n\": 2}, {\"n\": 3}, null]}, \"threads\": {\"values\": []}} | [2, 3]",
                "{\"threads\": {\"values\": [{\"crashed\": true}, F1]}} | [1]",
            })
    void takesTheFramesThatSayMost(String payload, String frames) {
        String json = payload.replace("F1", "{\"stacktrace\": {\"frames\": [{\"n\": 1}]}}")
                .replace("F2", "{\"stacktrace\": {\"frames\": [{\"n\": 2}]}}")
                .replace("CRASHED", "{\"crashed\": true, \"stacktrace\": {\"frames\": [{\"n\": 9}]}}")
                .replace("CURRENT", "{\"current\": true, \"stacktrace\": {\"frames\": [{\"n\": 8}]}}");

        List<Integer> found = StacktraceResponse.of(event(json)).stacktrace().frames().stream()
                .map(frame -> ((JsonNode) frame).path("n").asInt())
                .toList();

        assertThat(found.toString()).isEqualTo(frames);
    }

    private static StoredEvent event(String payload) {
        return new StoredEvent(
                new EventId(new UUID(1, 1)),
                1,
                2,
                new UUID(3, 3),
                Instant.EPOCH,
                Instant.EPOCH,
                "error",
                null,
                "T",
                null,
                null,
                null,
                null,
                "{}",
                true,
                payload);
    }
}
