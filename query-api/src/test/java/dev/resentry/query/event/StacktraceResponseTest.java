package dev.resentry.query.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.event.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StacktraceResponseTest {

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
                "{\"threads\": {\"values\": [F1, CURRENT]}, \"stacktrace\": {\"frames\": [2]}} | [8]",
                "{\"stacktrace\": {\"frames\": [2, 3]}, \"threads\": {\"values\": []}} | [2, 3]",
                "{\"threads\": {\"values\": [{\"crashed\": true}, F1]}} | [1]",
            })
    void takesTheFramesThatSayMost(String payload, String frames) {
        String json = payload.replace("F1", "{\"stacktrace\": {\"frames\": [1]}}")
                .replace("F2", "{\"stacktrace\": {\"frames\": [2]}}")
                .replace("CRASHED", "{\"crashed\": true, \"stacktrace\": {\"frames\": [9]}}")
                .replace("CURRENT", "{\"current\": true, \"stacktrace\": {\"frames\": [8]}}");

        List<Object> found = StacktraceResponse.of(event(json)).stacktrace().frames();

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
                "{}",
                payload);
    }
}
