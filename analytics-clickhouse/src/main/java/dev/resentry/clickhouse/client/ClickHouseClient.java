package dev.resentry.clickhouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to ClickHouse by its HTTP interface. What people wrote is in parameters, which are no part of a statement. */
public final class ClickHouseClient implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);

    /** For statements that change something. */
    private static final Duration WRITE_WITHIN = Duration.ofSeconds(60);

    /** An answer comes a little later than the server gives up by itself. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** What an error says is shortened to this. */
    private static final int MOST_CHARACTERS = 500;

    /** TIMEOUT_EXCEEDED. */
    private static final String TIMED_OUT = "Code: 159";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ClickHouseSettings settings;
    private final Duration writeWithin;
    private final HttpClient http;

    public ClickHouseClient(ClickHouseSettings settings) {
        this(settings, WRITE_WITHIN);
    }

    /** @param writeWithin how long a statement that changes something may take */
    public ClickHouseClient(ClickHouseSettings settings, Duration writeWithin) {
        this.settings = settings;
        this.writeWithin = writeWithin;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .build();
    }

    public String database() {
        return settings.database();
    }

    /** Runs a statement of ours in no database. */
    public void executeOutside(String sql) {
        send(Map.of(), BodyPublishers.ofString(sql), writeWithin);
    }

    /** Runs a statement. */
    public void execute(String sql, Map<String, Object> parameters) {
        send(inDatabase(parameters), BodyPublishers.ofString(sql), writeWithin);
    }

    /**
     * The rows of a question, each with its values in the order of the columns.
     *
     * @param within how long it may take
     * @throws ClickHouseTimeoutException if it takes longer
     */
    public List<JsonNode> query(String sql, Map<String, Object> parameters, Duration within) {
        Map<String, String> options = inDatabase(parameters);
        options.put("max_execution_time", Long.toString(Math.max(1, within.toSeconds())));
        options.put("default_format", "JSONCompact");
        options.put("output_format_json_quote_64bit_integers", "0");
        String answer = send(options, BodyPublishers.ofString(sql), within.plus(SLACK));
        try {
            JsonNode rows = JSON.readTree(answer).required("data");
            return rows.valueStream().toList();
        } catch (JacksonException e) {
            throw new ClickHouseException("ClickHouse answered with something that is no result", e);
        }
    }

    /** Adds rows to a table; each is a JSON object. Columns that the table has not are passed over. */
    public void insert(String table, List<String> rows) {
        Map<String, String> options = inDatabase(Map.of());
        options.put("query", "INSERT INTO %s FORMAT JSONEachRow".formatted(table));
        options.put("date_time_input_format", "best_effort");
        options.put("input_format_skip_unknown_fields", "1");
        // Of replays of long stretches.
        options.put("max_partitions_per_insert_block", "1000");
        send(options, BodyPublishers.ofString(String.join("\n", rows)), writeWithin);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Map<String, String> inDatabase(Map<String, Object> parameters) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("database", settings.database());
        parameters.forEach((name, value) -> options.put("param_" + name, ClickHouseText.of(value)));
        return options;
    }

    private String send(Map<String, String> options, BodyPublisher body, Duration within) {
        // The status is that of the whole answer, and not of its begin.
        String query = options.entrySet().stream()
                .map(option -> option.getKey() + "=" + URLEncoder.encode(option.getValue(), UTF_8))
                .collect(Collectors.joining("&", "?wait_end_of_query=1&", ""));
        String address = settings.url().endsWith("/") ? settings.url() : settings.url() + "/";
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + query))
                .timeout(within)
                .header("X-ClickHouse-User", settings.user())
                .header("X-ClickHouse-Key", settings.password())
                .POST(body)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(UTF_8));
            if (answer.statusCode() != 200) {
                throw refused(answer);
            }
            return answer.body();
        } catch (HttpTimeoutException e) {
            throw new ClickHouseTimeoutException("ClickHouse took longer than %d s".formatted(within.toSeconds()), e);
        } catch (IOException e) {
            throw new ClickHouseException(
                    "ClickHouse is not reached: " + e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClickHouseException("interrupted while ClickHouse was waited for", e);
        }
    }

    private static ClickHouseException refused(HttpResponse<String> answer) {
        String said = answer.body().lines().findFirst().orElse("");
        String message = "ClickHouse answered %d: %s"
                .formatted(answer.statusCode(), said.substring(0, Math.min(said.length(), MOST_CHARACTERS)));
        return said.contains(TIMED_OUT)
                ? new ClickHouseTimeoutException(message, null)
                : new ClickHouseException(message, null);
    }
}
