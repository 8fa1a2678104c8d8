package dev.resentry.query.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.live.LiveStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(180)
class LogsIT {
    private static final Instant AT = Instant.parse("2026-11-18T23:59:59.500Z");
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void listsByTheirOwnTimeInPagesEitherWayOverMidnight() {
        long project = ROWS.project("logs-paged");
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            // Two of one moment, from one envelope.
            UUID envelope = UUID.randomUUID();
            Instant at = AT.plusMillis(200L * i);
            for (int index = 0; index < 2; index++) {
                ROWS.log(project, envelope, at, index, "info", "log %d.%d".formatted(i, index), null, "{}");
                wanted.addFirst("log %d.%d".formatted(i, index));
            }
        }

        assertThat(pages("project=logs-paged&limit=3")).isEqualTo(wanted);
        assertThat(pages("project=logs-paged&limit=3&order=oldest")).isEqualTo(wanted.reversed());
        assertThat(pages("project=logs-paged&start=2026-11-19T00:00:00Z&end=2026-11-19T00:00:00.500Z"))
                .containsExactly("log 4.1", "log 4.0", "log 3.1", "log 3.0");
    }

    @Test
    void showsALogWholeWhichAListShortens() {
        long project = ROWS.project("logs-long");
        UUID trace = UUID.randomUUID();
        String long_ = "x".repeat(5_000);
        ROWS.log(
                project,
                UUID.randomUUID(),
                AT,
                0,
                "error",
                long_,
                trace,
                "{\"big\": \"%s\"}".formatted("y".repeat(9_000)));

        JsonNode listed = results("project=logs-long").get(0);
        assertThat(listed.path("message").asString()).hasSize(4_000);
        assertThat(listed.path("attributes").isNull()).isTrue();
        assertThat(listed.path("shortened").asBoolean()).isTrue();

        JsonNode whole = API.get("/api/v1/logs/" + listed.path("id").asString()).json();
        assertThat(whole.path("message").asString()).isEqualTo(long_);
        assertThat(whole.at("/attributes/big").asString()).hasSize(9_000);
        assertThat(whole.path("shortened").asBoolean()).isFalse();
        assertThat(whole.path("level").asString()).isEqualTo("error");
        assertThat(whole.path("trace_id").asString()).isEqualTo(StoredRows.hex(trace));
        assertThat(whole.path("project_id").asLong()).isEqualTo(project);
        assertThat(whole.path("timestamp").asString()).isEqualTo("2026-11-18T23:59:59.500Z");
        assertThat(whole.path("server_address").asString()).isEqualTo("shop-1");
        assertThat(API.get("/api/v1/logs/1-%s-0-0".formatted("0".repeat(32))).status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/logs/none").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    level=error                          |                              | c
                    level=error&level=warn               |                              | b c
                    trace=4c79f60c11214eb38604f4ae0781bfb2 |                            | a
                    environment=production               |                              | a b c
                    environment=staging                  |                              |
                                                         | level:[warn, error]          | b c
                                                         | !severity:info               | b c
                                                         | "of shoes"                   | b
                                                         | message:*SHOES*              | b
                                                         | shelf:a                      | a b
                                                         | !shelf:a                     | c
                                                         | tags[size,number]:>3         | b
                                                         | has:size                     | a b
                                                         | trace:4c79f60c11214eb38604f4ae0781bfb2 | a
                                                         | server.address:shop-* level:error | c
                                                         | release:shop@1.4.2 (shelf:a OR level:error) | a b c
                    """)
    void answersFiltersAndSearches(String parameters, String query, String expected) {
        String slug = "logs-searched";
        if (API.database()
                        .sql("SELECT count(*) FROM projects WHERE slug = :slug")
                        .param("slug", slug)
                        .query(Long.class)
                        .single()
                == 0) {
            long project = ROWS.project(slug);
            UUID trace = UUID.fromString("4c79f60c-1121-4eb3-8604-f4ae0781bfb2");
            ROWS.log(
                    project,
                    UUID.randomUUID(),
                    AT,
                    0,
                    "info",
                    "a cart was opened",
                    trace,
                    "{\"shelf\": \"a\", \"size\": 3}");
            ROWS.log(
                    project,
                    UUID.randomUUID(),
                    AT,
                    0,
                    "warn",
                    "b few pairs of shoes",
                    null,
                    "{\"shelf\": \"a\", \"size\": 12}");
            ROWS.log(project, UUID.randomUUID(), AT, 0, "error", "c payment failed", null, "{}");
        }

        List<String> found = results("project=" + slug
                        + (parameters == null ? "" : "&" + parameters)
                        + (query == null ? "" : "&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                .valueStream()
                .map(log -> log.path("message").asString().substring(0, 1))
                .sorted()
                .toList();

        assertThat(String.join(" ", found)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void saysWhatIsWrongWithAQuestion() {
        Reply unclear = API.get("/api/v1/logs?query=level%3Aloud");
        assertThat(unclear.status()).isEqualTo(400);
        assertThat(unclear.json().toString()).contains("invalid_query", "loud");
        assertThat(API.get("/api/v1/logs?level=loud").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/logs?trace=1").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/logs?order=random").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/logs?cursor=rubbish").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/logs?start=2026-11-19T00:00:00Z&end=2026-11-18T00:00:00Z")
                        .status())
                .isEqualTo(400);
        assertThat(API.get("/api/v1/logs/series?start=2026-11-01T00:00:00Z&end=2026-11-18T00:00:00Z&interval=1")
                        .status())
                .isEqualTo(400);
        for (String far : new String[] {"start=-999999999-01-01T00:00:00Z", "end=%2B1000000000-12-31T00:00:00Z"}) {
            assertThat(API.get("/api/v1/logs?" + far).status()).as(far).isEqualTo(400);
            assertThat(API.get("/api/v1/logs/series?" + far).status()).as(far).isEqualTo(400);
        }
        assertThat(API.get("/api/v1/logs?project=nobody").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/logs/live?query=level%3Aloud").status()).isEqualTo(400);
    }

    @Test
    void countsByLevelInBars() {
        long project = ROWS.project("logs-counted");
        Instant begin = Instant.parse("2026-11-18T12:00:00Z");
        for (int i = 0; i < 5; i++) {
            ROWS.log(
                    project,
                    UUID.randomUUID(),
                    begin.plusSeconds(30L * i),
                    0,
                    i == 4 ? "error" : "info",
                    "log",
                    null,
                    "{}");
        }

        JsonNode series = API.get("/api/v1/logs/series?project=logs-counted&start=%s&end=%s&interval=60"
                        .formatted(begin, begin.plusSeconds(180)))
                .json();

        assertThat(series.path("start").asString()).isEqualTo("2026-11-18T12:00:00Z");
        assertThat(series.path("end").asString()).isEqualTo("2026-11-18T12:03:00Z");
        assertThat(series.path("interval").asLong()).isEqualTo(60);
        long first = begin.getEpochSecond();
        assertThat(series.path("series"))
                .hasToString(
                        "[{\"name\":\"info\",\"values\":[[%1$d,2],[%2$d,2],[%3$d,0]]},{\"name\":\"error\",\"values\":[[%1$d,0],[%2$d,0],[%3$d,1]]}]"
                                .formatted(first, first + 60, first + 120));
        assertThat(API.get("/api/v1/logs/series?project=logs-counted")
                        .json()
                        .path("series")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void tellsWhatIsStoredFromNowOnToThoseWhoseSearchItMeets() {
        long project = ROWS.project("logs-live");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        ROWS.log(project, UUID.randomUUID(), now, 0, "error", "before", null, "{}");
        try (var all = new LiveStream(API, "/api/v1/logs/live?project=logs-live", null);
                var errors = new LiveStream(
                        API, "/api/v1/logs/live?project=logs-live&query=level%3Aerror+shelf%3Aa", null)) {
            ROWS.log(project, UUID.randomUUID(), now, 1, "info", "an info", null, "{\"shelf\": \"a\"}");
            ROWS.log(project, UUID.randomUUID(), now, 2, "error", "an error", null, "{\"shelf\": \"a\"}");
            // Of the past, as a replay stores it.
            ROWS.log(
                    project,
                    UUID.randomUUID(),
                    now.minus(3, ChronoUnit.HOURS),
                    3,
                    "error",
                    "of the past",
                    null,
                    "{\"shelf\": \"a\"}");
            ROWS.log(project, UUID.randomUUID(), now, 4, "error", "the last", null, "{\"shelf\": \"a\"}");

            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            all.text().contains("the last") && errors.text().contains("the last"));

            assertThat(all.text())
                    .contains("text/event-stream", "event: logs\ndata: {\"logs\":[{\"id\":", "an info", "an error")
                    .contains("\"left_out\":0}")
                    .doesNotContain("\"before\"", "of the past")
                    .containsOnlyOnce("\"message\":\"an error\"");
            assertThat(errors.text()).contains("an error").doesNotContain("an info");
        }
    }

    @Test
    void ofAFloodTheNewestAreToldAndHowManyAreNot() {
        long project = ROWS.project("logs-flood");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        ROWS.log(project, UUID.randomUUID(), now, 0, "info", "one", null, "{}");
        try (var stream = new LiveStream(API, "/api/v1/logs/live?project=logs-flood", null)) {
            API.database().sql("""
                            INSERT INTO logs (received_at, envelope_id, position, index, project_id, occurred_at, sequence, level,
                                              severity_number, body, attributes)
                            SELECT received_at, gen_random_uuid(), 0, n, project_id, occurred_at + n * interval '1 millisecond', 0, 'info', 9,
                                   'of a flood ' || n, '{}'
                            FROM logs, generate_series(1, 1000) n WHERE project_id = :project
                            """).param("project", project).update();

            await().atMost(Duration.ofSeconds(30)).until(() -> stream.text().contains("\"left_out\":800"));

            assertThat(IntStream.of(801, 1000))
                    .allSatisfy(n -> assertThat(stream.text()).contains("\"of a flood %d\"".formatted(n)));
            assertThat(stream.text()).doesNotContain("\"of a flood 800\"");
        }
    }

    private static JsonNode results(String parameters) {
        Reply reply = API.get("/api/v1/logs?" + parameters);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json().path("results");
    }

    private static List<String> pages(String parameters) {
        List<String> found = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = API.get("/api/v1/logs?" + parameters + next).json();
            page.path("results").forEach(log -> found.add(log.path("message").asString()));
            next = "&cursor=" + page.path("next").asString("");
        } while (!next.equals("&cursor="));
        return found;
    }
}
