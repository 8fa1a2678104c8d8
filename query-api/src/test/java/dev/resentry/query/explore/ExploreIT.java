package dev.resentry.query.explore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resentry.model.issue.ShortId;
import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.query.explore.RandomEvents.One;
import dev.resentry.storage.user.User;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the explorer answers, beside what a test counts by itself of the same events. */
class ExploreIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final String WINDOW = "&project=explored&start=" + RandomEvents.FROM + "&end=" + RandomEvents.TO;
    private static final String EVENTS = "/api/v1/explore/events";

    private static final Map<String, Function<One, Object>> FIELDS = new LinkedHashMap<>(Map.of(
            "level", One::level,
            "release", One::release,
            "environment", One::environment,
            "tags[browser]", One::browser,
            "issue.id", One::issue));

    private static List<One> events;
    private static List<Long> issues;

    @BeforeAll
    static void store() throws Exception {
        long project = ROWS.project("explored");
        issues = Stream.of("A", "B", "C")
                .map(title -> ROWS.issue(project, title, RandomEvents.TO, "unresolved"))
                .toList();
        events = RandomEvents.store(API.bean(DataSource.class), ROWS, project, issues, 700, 15)
                .all();
        long other = ROWS.project("unexplored");
        RandomEvents.store(
                API.bean(DataSource.class),
                ROWS,
                other,
                List.of(ROWS.issue(other, "D", RandomEvents.TO, "unresolved")),
                50,
                16);
    }

    @Test
    void listsRowsInTheColumnsThatAreAskedFor() {
        JsonNode answer =
                get(EVENTS + "?field=id&field=level&field=issue&field=project&field=received&field=tags[browser]"
                        + "&field=tags[cart,number]&field=user&limit=200" + WINDOW);

        assertThat(answer.path("data")).hasSize(200);
        Map<String, One> byId = events.stream().collect(Collectors.toMap(one -> StoredRows.hex(one.id()), one -> one));
        for (JsonNode row : answer.path("data")) {
            One event = byId.get(row.path("id").asString());
            assertThat(row.path("level").asString()).isEqualTo(event.level());
            assertThat(row.path("issue").asString()).isEqualTo(new ShortId("explored", event.issue()).toString());
            assertThat(row.path("project").asString()).isEqualTo("explored");
            assertThat(Instant.parse(row.path("received").asString())).isEqualTo(event.receivedAt());
            assertThat(text(row.path("tags[browser]"))).isEqualTo(event.browser());
            assertThat(number(row.path("tags[cart,number]"))).isEqualTo(event.number());
            assertThat(text(row.path("user"))).isEqualTo(event.user() == null ? null : "id:" + event.user());
        }
        assertThat(answer.at("/meta/fields/issue").asString()).isEqualTo("string");
        assertThat(answer.at("/meta/fields/received").asString()).isEqualTo("date");
        assertThat(answer.at("/meta/fields").path("tags[cart,number]").asString())
                .isEqualTo("number");
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "received",
        "-timestamp",
        "level",
        "'-tags[cart,number]'",
        "'tags[cart,number]'",
        "issue",
        "-release"
    })
    void pagesHaveEachRowOnceWhateverTheyAreSortedBy(String sort) {
        List<JsonNode> rows =
                pages(EVENTS + "?field=id&field=received&field=tags[cart,number]&field=level&field=timestamp&limit=90"
                        + WINDOW + (sort.isEmpty() ? "" : "&sort=" + encoded(sort)));

        assertThat(rows.stream().map(row -> row.path("id").asString()))
                .containsExactlyInAnyOrderElementsOf(
                        events.stream().map(one -> StoredRows.hex(one.id())).toList());
        List<JsonNode> sorted = switch (sort) {
            case "", "received" ->
                rows.stream().map(row -> row.path("received")).toList();
            case "-timestamp" -> rows.stream().map(row -> row.path("timestamp")).toList();
            case "level" -> rows.stream().map(row -> row.path("level")).toList();
            case "tags[cart,number]", "-tags[cart,number]" ->
                rows.stream().map(row -> row.path("tags[cart,number]")).toList();
            default -> List.of();
        };
        Comparator<JsonNode> byValue = (a, b) -> a.isNumber()
                ? Double.compare(a.asDouble(), b.asDouble())
                : a.asString().compareTo(b.asString());
        assertThat(sorted.stream().filter(value -> !value.isNull()).toList())
                .isSortedAccordingTo(sort.isEmpty() || sort.startsWith("-") ? byValue.reversed() : byValue);
        assertThat(sorted.stream().dropWhile(value -> !value.isNull())).allMatch(JsonNode::isNull);
    }

    static Stream<List<String>> groups() {
        return Stream.of(
                List.of(),
                List.of("level"),
                List.of("release", "level"),
                List.of("tags[browser]"),
                List.of("environment", "tags[browser]", "issue.id"));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void groupsHaveTheFiguresOfTheirRows(List<String> group) {
        List<String> figures = List.of(
                "count()",
                "count_unique(user)",
                "count_unique(issue.id)",
                "p50(tags[cart])",
                "p95(tags[cart,number])",
                "avg(tags[cart])",
                "sum(tags[cart])",
                "min(tags[cart])",
                "max(timestamp)",
                "last_seen()",
                "epm()");
        String fields = Stream.concat(group.stream(), figures.stream())
                .map(field -> "&field=" + encoded(field))
                .collect(Collectors.joining());
        List<JsonNode> rows = pages(EVENTS + "?limit=5" + fields + WINDOW);

        Map<List<Object>, List<One>> expected = events.stream()
                .collect(groupingBy(one -> group.stream()
                        .map(field -> FIELDS.get(field).apply(one))
                        .collect(Collectors.toCollection(ArrayList::new))));
        assertThat(rows).hasSize(expected.size());
        assertThat(rows.stream().map(row -> row.path("count()").asLong()))
                .isSortedAccordingTo(Comparator.reverseOrder());
        Set<List<Object>> seen = new HashSet<>();
        for (JsonNode row : rows) {
            List<Object> key = group.stream()
                    .map(field -> {
                        JsonNode value = row.path(field);
                        return value.isNull() ? null : value.isNumber() ? (Object) value.asLong() : value.asString();
                    })
                    .collect(Collectors.toCollection(ArrayList::new));
            assertThat(seen.add(key)).as("%s once", key).isTrue();
            check(row, expected.get(key));
        }
    }

    private static void check(JsonNode row, List<One> of) {
        double[] carts = of.stream()
                .map(One::number)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        assertThat(row.path("count()").asLong()).isEqualTo(of.size());
        assertThat(row.path("count_unique(user)").asLong())
                .isEqualTo(of.stream()
                        .map(One::user)
                        .filter(Objects::nonNull)
                        .distinct()
                        .count());
        assertThat(row.path("count_unique(issue.id)").asLong())
                .isEqualTo(of.stream().map(One::issue).distinct().count());
        assertThat(row.path("epm()").asDouble()).isEqualTo(of.size() / (48 * 60.0), within(1e-9));
        assertThat(Instant.parse(row.path("last_seen()").asString()))
                .isEqualTo(of.stream()
                        .map(One::occurredAt)
                        .max(Comparator.naturalOrder())
                        .orElseThrow())
                .isEqualTo(Instant.parse(row.path("max(timestamp)").asString()));
        if (carts.length == 0) {
            assertThat(row.path("p50(tags[cart])").isNull()).isTrue();
            return;
        }
        assertThat(row.path("p50(tags[cart])").asDouble()).isEqualTo(percentile(carts, 0.5), within(1e-9));
        assertThat(row.path("p95(tags[cart,number])").asDouble()).isEqualTo(percentile(carts, 0.95), within(1e-9));
        assertThat(row.path("avg(tags[cart])").asDouble())
                .isEqualTo(Arrays.stream(carts).average().orElseThrow(), within(1e-9));
        assertThat(row.path("sum(tags[cart])").asDouble())
                .isEqualTo(Arrays.stream(carts).sum(), within(1e-9));
        assertThat(row.path("min(tags[cart])").asDouble()).isEqualTo(carts[0]);
    }

    private static double percentile(double[] sorted, double part) {
        double at = part * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    @Test
    void groupsAreSortedAsOlderProgramsSayItToo() {
        String fields = EVENTS + "?field=level&field=count()&field=p95(tags[cart,number])" + WINDOW;

        assertThat(get(fields + "&sort=count")
                        .path("data")
                        .valueStream()
                        .map(row -> row.path("count()").asLong()))
                .isSorted();
        assertThat(get(fields + "&sort=-p95_tags_cart_number")
                        .path("data")
                        .valueStream()
                        .map(row -> -row.path("p95(tags[cart,number])").asDouble()))
                .isSorted();
        assertThat(get(fields + "&sort=level")
                        .path("data")
                        .valueStream()
                        .map(row -> row.path("level").asString()))
                .isSorted();
    }

    @Test
    void aQueryAndEnvironmentsNarrowAllOfIt() {
        List<One> wanted = events.stream()
                .filter(one -> one.level().equals("error") && !"Firefox".equals(one.browser()))
                .filter(one -> "staging".equals(one.environment()) || one.environment() == null)
                .toList();
        String question =
                "query=" + encoded("level:error !browser:Firefox") + "&environment=staging&environment=" + WINDOW;

        assertThat(pages(EVENTS + "?field=id&limit=50&" + question)).hasSize(wanted.size());
        assertThat(get(EVENTS + "?field=count()&" + question)
                        .at("/data/0")
                        .path("count()")
                        .asInt())
                .isEqualTo(wanted.size());
        assertThat(get(EVENTS + "/facets?" + question).path("rows").asInt()).isEqualTo(wanted.size());
        JsonNode series = get(EVENTS + "/series?y=count()&interval=6h&" + question);
        assertThat(series.at("/series/0/values")
                        .valueStream()
                        .mapToInt(pair -> pair.path(1).asInt())
                        .sum())
                .isEqualTo(wanted.size());
    }

    @Test
    void seriesHaveTheFiguresOfEachIntervalAndGroup() {
        JsonNode answer = get(EVENTS + "/series?y=count()&y=p50(tags[cart])&group=release&top=2&interval=3h" + WINDOW);

        assertThat(answer.path("interval").asInt()).isEqualTo(3 * 3600);
        Map<Object, List<One>> byRelease =
                events.stream().collect(groupingBy(one -> one.release() == null ? "" : one.release()));
        List<Integer> largest = byRelease.values().stream()
                .map(List::size)
                .sorted(Comparator.reverseOrder())
                .limit(2)
                .toList();
        List<JsonNode> series = answer.path("series").valueStream().toList();
        assertThat(series.stream().map(one -> one.path("name").asString()))
                .containsExactly("count()", "p50(tags[cart])", "count()", "p50(tags[cart])");
        for (int i = 0; i < series.size(); i++) {
            JsonNode one = series.get(i);
            JsonNode release = one.at("/group/release");
            List<One> of = byRelease.get(release.isNull() ? "" : release.asString());
            assertThat(of).hasSize(largest.get(i / 2));
            assertThat(one.path("values")).hasSize(16);
            for (JsonNode pair : one.path("values")) {
                Instant begin = Instant.ofEpochSecond(pair.path(0).asLong());
                List<One> inside = of.stream()
                        .filter(event -> !event.receivedAt().isBefore(begin)
                                && event.receivedAt().isBefore(begin.plusSeconds(3 * 3600)))
                        .toList();
                double[] carts = inside.stream()
                        .map(One::number)
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
                if (one.path("name").asString().equals("count()")) {
                    assertThat(pair.path(1).asInt()).isEqualTo(inside.size());
                } else if (carts.length == 0) {
                    assertThat(pair.path(1).isNull()).isTrue();
                } else {
                    assertThat(pair.path(1).asDouble()).isEqualTo(percentile(carts, 0.5), within(1e-9));
                }
            }
        }
    }

    @Test
    void facetsCountTheValuesOfTheMatches() {
        JsonNode answer = get(EVENTS + "/facets?x=y" + WINDOW);

        assertThat(answer.path("sampled").asBoolean()).isFalse();
        assertThat(answer.path("rows").asInt()).isEqualTo(events.size());
        Map<String, JsonNode> facets = answer.path("facets")
                .valueStream()
                .collect(Collectors.toMap(facet -> facet.path("key").asString(), facet -> facet));
        assertThat(facets).containsOnlyKeys("environment", "release", "level", "user", "browser", "cart");
        for (var field : Map.<String, Function<One, Object>>of(
                        "environment",
                        One::environment,
                        "release",
                        One::release,
                        "level",
                        One::level,
                        "browser",
                        One::browser)
                .entrySet()) {
            Map<Object, Long> expected = events.stream()
                    .map(field.getValue())
                    .filter(Objects::nonNull)
                    .collect(groupingBy(value -> value, Collectors.counting()));
            JsonNode facet = facets.get(field.getKey());
            assertThat(facet.path("values")
                            .valueStream()
                            .collect(Collectors.toMap(
                                    value -> (Object) value.path("value").asString(),
                                    value -> value.path("count").asLong())))
                    .isEqualTo(expected);
            assertThat(facet.path("missing").asLong())
                    .isEqualTo(events.size()
                            - expected.values().stream().mapToLong(n -> n).sum());
        }
        assertThat(facets.get("user").path("values")).hasSize(5);
        assertThat(facets.get("user").at("/values/0/value").asString()).startsWith("id:");
    }

    @Test
    void filesHaveAllOfIt() {
        Reply csv = API.get(EVENTS + "/export?format=csv&field=id&field=release&field=tags[cart,number]" + WINDOW);
        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.header("X-Total-Count")).isEqualTo("700");
        assertThat(csv.header("Content-Disposition")).isEqualTo("attachment; filename=\"events.csv\"");
        List<String> lines = csv.text().lines().toList();
        assertThat(lines).hasSize(701);
        assertThat(lines.getFirst()).isEqualTo("id,release,\"tags[cart,number]\"");
        assertThat(csv.text()).contains(",\"shop@2.0-\"\"β\"\"\",").contains(",-2.5\r\n");

        JsonNode groups = API.get(EVENTS + "/export?format=json&field=level&field=count()" + WINDOW)
                .json();
        assertThat(groups.valueStream()
                        .mapToInt(row -> row.path("count()").asInt())
                        .sum())
                .isEqualTo(700);
        assertThat(API.get(EVENTS + "/export?format=xml&field=id").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "?field=nothing()|field|no function 'nothing'",
                "?field=p95()|field|position 4",
                "?field=p95(level)|field|a column of numbers",
                "?field=count(|field|')'",
                "?field=failure_rate()|field|do not fail",
                "?field=tags[|field|name of a column",
                "?field=a'b|field|position 1",
                "?field=level%20|field|position 5",
                "?field=last_seen(level)|field|')'",
                "?field=level&sort=count()|sort|no function among",
                "?field=level&field=count()&sort=release|sort|one of the fields",
                "?field=level&cursor=x|cursor|not a cursor",
                "?field=level&cursor=WzAsIngiXQ|cursor|not a cursor",
                "?field=level&limit=0|limit|1 to",
                "/series?y=level|y|a function of numbers",
                "/series?y=last_seen()|y|a function of numbers",
                "/series?y=count()&group=count()|group|a column",
                "/series?y=count()&top=21|top|1 to 20",
                "/series?y=count()&interval=5|interval|such as",
                "/series?y=count()&interval=1s|interval|at least",
                "?field=level&start=2026-11-18T00:00:00Z&end=2026-11-18T00:00:00Z|start|before"
            })
    void whatCannotBeHadIsToldByItsPlace(String question, String parameter, String words) {
        Reply reply = API.get(EVENTS + question);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("details").path(parameter).asString("")).contains(words);
    }

    @Test
    void aFaultOfTheQueryIsToldByItsPlace() {
        for (String path : List.of(
                "?field=id", "?field=count()", "/series?y=count()", "/facets?x=y", "/export?format=csv&field=id")) {
            Reply reply = API.get(EVENTS + path + "&query=" + encoded("level:error timestamp:soon"));

            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.json().path("error").asString()).isEqualTo("invalid_query");
            assertThat(reply.json().at("/details/position").asString("")).isEqualTo("22");
        }
    }

    @Test
    void tooManyFieldsAndUnknownDatasetsAreRefused() {
        String many = Stream.iterate(0, i -> i < 21, i -> i + 1)
                .map(i -> "&field=f" + i)
                .collect(Collectors.joining());
        assertThat(API.get(EVENTS + "?x=y" + many).json().at("/details/field").asString())
                .contains("1 to 20");
        assertThat(API.get("/api/v1/explore/tables?field=id")
                        .json()
                        .at("/details/dataset")
                        .asString())
                .isEqualTo("'tables' (expected: events, transactions, spans, logs)");
        assertThat(API.get(EVENTS).status()).isEqualTo(400);
    }

    @Test
    void keysThatLookLikeSqlAreKeys() {
        for (String key : List.of("x' OR 1=1 --", "x'); DROP TABLE events; --", ":from", "?", "$1", "{x}", "\\")) {
            Reply reply = API.get(EVENTS + "?field=" + encoded("tags[" + key + "]") + "&field=count()" + WINDOW);
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.json().path("data")).hasSize(1);
            assertThat(reply.json().at("/data/0").path("count()").asInt()).isEqualTo(700);
        }
    }

    @Test
    void whoSeesOneProjectExploresThatAlone() {
        var people = new People(API);
        User member = people.user(Role.MEMBER);
        API.database()
                .sql("""
                    WITH team AS (INSERT INTO teams (slug, name, created_at) VALUES (:slug, :slug, now()) RETURNING id),
                         project AS (INSERT INTO team_projects SELECT team.id, p.id FROM team, projects p WHERE p.slug = 'unexplored')
                    INSERT INTO team_members SELECT id, :user FROM team
                    """)
                .param("slug", "t-" + UUID.randomUUID())
                .param("user", member.id())
                .update();
        String window = "&start=" + RandomEvents.FROM + "&end=" + RandomEvents.TO;
        API.patch("/api/v1/organization", "{\"members_see_all_projects\": false}");
        try {
            assertThat(people.get(member, EVENTS + "?field=project&field=count()" + window)
                            .json()
                            .path("data")
                            .toString())
                    .isEqualTo("[{\"project\":\"unexplored\",\"count()\":50}]");
            assertThat(people.get(member, EVENTS + "/facets?x=y" + window)
                            .json()
                            .path("rows")
                            .asInt())
                    .isEqualTo(50);
            assertThat(people.get(member, EVENTS + "/series?y=count()&interval=2d" + window)
                            .json()
                            .at("/series/0/values")
                            .valueStream()
                            .mapToInt(pair -> pair.path(1).asInt())
                            .sum())
                    .isEqualTo(50);
            assertThat(people.get(member, EVENTS + "/export?format=csv&field=id" + window)
                            .text()
                            .lines())
                    .hasSize(51);
            assertThat(people.get(member, EVENTS + "?field=id" + WINDOW).status())
                    .isEqualTo(404);
        } finally {
            API.patch("/api/v1/organization", "{\"members_see_all_projects\": true}");
        }
    }

    @Test
    void transactionsAndSpansAreExploredToo() {
        long project = ROWS.project("explored-traces");
        Instant at = Instant.parse("2026-11-17T10:00:00Z");
        UUID envelope = UUID.randomUUID();
        UUID trace = UUID.randomUUID();
        UUID first = ROWS.transaction(project, envelope, at, trace);
        UUID failed = ROWS.transaction(project, envelope, at.plusSeconds(1), trace);
        API.database()
                .sql("UPDATE transactions SET status = 'internal_error', duration_ms = 750, environment = 'staging'"
                        + " WHERE event_id = :id")
                .param("id", failed)
                .update();
        ROWS.span(project, envelope, at, 0, trace, first);
        ROWS.span(project, UUID.randomUUID(), at.plusSeconds(1), 1, trace, failed);
        String window = "&project=explored-traces&start=2026-11-17T00:00:00Z&end=2026-11-18T00:00:00Z";

        JsonNode endpoint = get("/api/v1/explore/transactions?field=transaction&field=count()&field=failure_rate()"
                + "&field=p50(transaction.duration)&field=max(measurements.lcp)&field=count_unique(user)" + window);
        assertThat(endpoint.path("data").toString())
                .isEqualTo(
                        "[{\"transaction\":\"GET /cart\",\"count()\":2,\"failure_rate()\":0.5,"
                                + "\"p50(transaction.duration)\":500.0,\"max(measurements.lcp)\":12.5,\"count_unique(user)\":1}]");
        assertThat(endpoint.at("/meta/fields").path("failure_rate()").asString())
                .isEqualTo("percentage");
        assertThat(endpoint.at("/meta/fields").path("p50(transaction.duration)").asString())
                .isEqualTo("duration");
        assertThat(pages("/api/v1/explore/transactions?field=id&field=trace&limit=1" + window)
                        .toString())
                .isEqualTo("[{\"id\":\"%s\",\"trace\":\"%3$s\"}, {\"id\":\"%s\",\"trace\":\"%3$s\"}]"
                        .formatted(StoredRows.hex(failed), StoredRows.hex(first), StoredRows.hex(trace)));
        assertThat(pages("/api/v1/explore/spans?field=span.op&field=db.system&field=release&field=environment&limit=1"
                                + window)
                        .toString())
                .isEqualTo(
                        "[{\"span.op\":\"db\",\"db.system\":\"postgresql\",\"release\":\"shop@1.4.2\",\"environment\":\"staging\"},"
                                + " {\"span.op\":\"db\",\"db.system\":\"postgresql\",\"release\":\"shop@1.4.2\",\"environment\":null}]");
        assertThat(get("/api/v1/explore/spans?field=count()&environment=staging" + window)
                        .at("/data/0")
                        .path("count()")
                        .asInt())
                .isEqualTo(1);
        for (String dataset : List.of("transactions", "spans")) {
            assertThat(get("/api/v1/explore/%s/facets?x=y%s".formatted(dataset, window))
                            .path("rows")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    private static List<JsonNode> pages(String path) {
        List<JsonNode> rows = new ArrayList<>();
        String next = null;
        do {
            JsonNode page = get(path + (next == null ? "" : "&cursor=" + next));
            page.path("data").forEach(rows::add);
            next = text(page.path("next"));
        } while (next != null);
        return rows;
    }

    private static JsonNode get(String path) {
        Reply reply = API.get(path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String text(JsonNode value) {
        return value.isNull() ? null : value.asString();
    }

    private static Double number(JsonNode value) {
        return value.isNull() ? null : value.asDouble();
    }
}
