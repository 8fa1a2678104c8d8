package dev.resentry.query.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.event.EventSummary;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** How events are written into files. Safe to share between threads. */
enum EventFileFormat {
    /** One line for each event, with a line of names in front (RFC 4180). */
    CSV("text/csv;charset=UTF-8") {
        @Override
        byte[] head() {
            return line(COLUMNS.stream());
        }

        @Override
        byte[] row(EventSummary event, boolean first) {
            return line(Stream.<@Nullable Object>of(
                            event.id(),
                            event.occurredAt(),
                            event.receivedAt(),
                            event.projectId(),
                            event.issueId(),
                            event.level(),
                            event.title(),
                            event.culprit(),
                            event.message(),
                            event.transaction(),
                            event.environment(),
                            event.release(),
                            event.platform(),
                            event.tagsJson())
                    .map(value -> CsvCell.of(Objects.toString(value, ""))));
        }
    },
    /** One array. */
    JSON(MediaType.APPLICATION_JSON_VALUE) {
        @Override
        byte[] head() {
            return "[".getBytes(UTF_8);
        }

        @Override
        byte[] row(EventSummary event, boolean first) {
            return ((first ? "\n" : ",\n") + json(event)).getBytes(UTF_8);
        }

        @Override
        byte[] foot() {
            return "\n]\n".getBytes(UTF_8);
        }
    },
    /** One object a line. */
    NDJSON(MediaType.APPLICATION_NDJSON_VALUE) {
        @Override
        byte[] row(EventSummary event, boolean first) {
            return (json(event) + "\n").getBytes(UTF_8);
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static final List<String> COLUMNS = List.of(
            "id",
            "timestamp",
            "received_at",
            "project_id",
            "issue_id",
            "level",
            "title",
            "culprit",
            "message",
            "transaction",
            "environment",
            "release",
            "platform",
            "tags");

    private final String contentType;

    EventFileFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    byte[] head() {
        return new byte[0];
    }

    abstract byte[] row(EventSummary event, boolean first);

    byte[] foot() {
        return new byte[0];
    }

    private static String json(EventSummary event) {
        return MAPPER.writeValueAsString(EventSummaryResponse.of(event));
    }

    private static byte[] line(Stream<String> cells) {
        return (cells.collect(Collectors.joining(",")) + "\r\n").getBytes(UTF_8);
    }
}
