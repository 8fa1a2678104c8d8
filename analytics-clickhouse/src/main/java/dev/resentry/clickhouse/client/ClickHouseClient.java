package dev.resentry.clickhouse.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final String TIMED_OUT = "159";

    private static final Pattern CODE = Pattern.compile("\\bCode: (\\d+)");

    /** Bad request and too large: others, such as those of a wrong password or a missing table, end by themselves or are mended. */
    private static final Set<Integer> REFUSED = Set.of(400, 413);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ClickHouseSettings settings;
    private final String authorization;
    private final Duration writeWithin;
    private final HttpClient http;

    public ClickHouseClient(ClickHouseSettings settings) {
        this(settings, WRITE_WITHIN);
    }

    /** @param writeWithin how long a statement that changes something may take */
    public ClickHouseClient(ClickHouseSettings settings, Duration writeWithin) {
        this.settings = settings;
        // Encoded, a password is never a header that is refused and then stands in a message.
        String who = settings.user() + ":" + settings.password();
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(who.getBytes(UTF_8));
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
     * @throws ClickHouseTimeoutException if ClickHouse says that it takes longer
     * @throws ClickHouseException if ClickHouse does not answer
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

    /**
     * Adds rows to a table; each is a JSON object. Columns that the table has not are passed over.
     *
     * @throws ClickHouseRefusedException if one of the rows is nothing that the table takes
     */
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
                .header("Authorization", authorization)
                .POST(body)
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(UTF_8));
            if (answer.statusCode() != 200) {
                throw refused(answer);
            }
            return answer.body();
        } catch (HttpConnectTimeoutException e) {
            throw new ClickHouseException(
                    "ClickHouse is not reached within %d s".formatted(CONNECT_WITHIN.toSeconds()), e);
        } catch (HttpTimeoutException e) {
            // It says by itself when a question takes too long; this is silence.
            throw new ClickHouseException("ClickHouse did not answer within %d ms".formatted(within.toMillis()), e);
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
        Matcher found = CODE.matcher(said);
        String code = found.find() ? found.group(1) : "";
        return code.equals(TIMED_OUT)
                ? new ClickHouseTimeoutException(message, null)
                : REFUSED.contains(answer.statusCode())
                        ? new ClickHouseRefusedException(message, code)
                        : new ClickHouseException(message, null);
    }
}
