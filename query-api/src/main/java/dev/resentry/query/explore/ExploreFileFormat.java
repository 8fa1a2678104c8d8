package dev.resentry.query.explore;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.error.ApiException;
import dev.resentry.query.event.CsvCell;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** How rows are written into files. Safe to share between threads. */
enum ExploreFileFormat {
    /** One line for each row, with a line of the fields in front (RFC 4180). */
    CSV("text/csv;charset=UTF-8") {
        @Override
        byte[] head(List<String> fields) {
            return line(fields.stream().map(CsvCell::of));
        }

        @Override
        byte[] row(Map<String, @Nullable Object> row, boolean first) {
            return line(row.values().stream().map(ExploreFileFormat::cell));
        }

        @Override
        byte[] foot() {
            return new byte[0];
        }
    },
    /** One array, a line for each row. */
    JSON(MediaType.APPLICATION_JSON_VALUE) {
        @Override
        byte[] head(List<String> fields) {
            return "[".getBytes(UTF_8);
        }

        @Override
        byte[] row(Map<String, @Nullable Object> row, boolean first) {
            return ((first ? "\n" : ",\n") + MAPPER.writeValueAsString(row)).getBytes(UTF_8);
        }

        @Override
        byte[] foot() {
            return "\n]\n".getBytes(UTF_8);
        }
    };

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final String contentType;

    ExploreFileFormat(String contentType) {
        this.contentType = contentType;
    }

    /** @throws ApiException if there is none of this name */
    static ExploreFileFormat of(String word) {
        return Arrays.stream(values())
                .filter(known -> known.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ApiException.invalid("format", "'%s' (expected: csv or json)".formatted(word)));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String contentType() {
        return contentType;
    }

    abstract byte[] head(List<String> fields);

    abstract byte[] row(Map<String, @Nullable Object> row, boolean first);

    abstract byte[] foot();

    /** A number below zero is no formula. */
    private static String cell(@Nullable Object value) {
        return value instanceof Number ? value.toString() : CsvCell.of(Objects.toString(value, ""));
    }

    private static byte[] line(Stream<String> cells) {
        return (cells.collect(Collectors.joining(",")) + "\r\n").getBytes(UTF_8);
    }
}
