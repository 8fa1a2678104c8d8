package dev.resentry.query.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a rule would have done: as an obvious recount of the same events says. */
class BacktestIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    /** Other tests look at the newest events of all projects. */
    @AfterAll
    static void removeTheHistory() {
        API.database()
                .sql("DELETE FROM events WHERE project_id IN (SELECT id FROM projects WHERE slug LIKE 'backtest-%')")
                .update();
    }

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void frequencyIsCountedByTheEventsOwnTimeAsEachEventCame() {
        long project = ROWS.project("backtest-frequency");
        var random = new Random(7);
        List<Instant> expected = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Instant> times = bursts(random);
            long issue = issue(project, "Issue " + i, times);
            times.forEach(at -> event(project, issue, at, at, "production", random.nextLong(4)));
            hours(project, issue, times, "production");
            expected.addAll(fired(times, 10, Duration.ofMinutes(5), Duration.ofMinutes(60)));
        }
        Collections.sort(expected);

        JsonNode result = backtest("backtest-frequency", """
                {"type": "frequency", "threshold": 10, "window_minutes": 5}""", "", 60);

        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(times(result)).containsExactlyElementsOf(expected);
        assertThat(result.path("total").asLong()).isEqualTo(expected.size());
        assertThat(result.path("by_day")
                        .valueStream()
                        .mapToLong(day -> day.path("firings").asLong())
                        .sum())
                .isEqualTo(expected.size());
        assertThat(result.path("issues")
                        .valueStream()
                        .mapToLong(one -> one.path("firings").asLong())
                        .sum())
                .isEqualTo(expected.size());
        assertThat(result.path("cut_off").asBoolean()).isFalse();
    }

    @Test
    void moreThanFiresWithOneMoreThanReaches() {
        long project = ROWS.project("backtest-edge");
        List<Instant> times = IntStream.range(0, 4)
                .mapToObj(n -> now.minus(Duration.ofHours(5)).plusSeconds(n))
                .toList();
        long issue = issue(project, "Edge", times);
        times.forEach(at -> event(project, issue, at, at, null, 1));
        hours(project, issue, times, "");
        String frequency = "{\"type\": \"frequency\", \"threshold\": 3, \"window_minutes\": 1, \"reaches\": %s}";

        assertThat(times(backtest("backtest-edge", frequency.formatted(true), "", 60)))
                .containsExactly(times.get(2));
        assertThat(times(backtest("backtest-edge", frequency.formatted(false), "", 60)))
                .containsExactly(times.get(3));
        assertThat(times(backtest(
                        "backtest-edge",
                        frequency.formatted(true).replace("3,", "2, \"measure\": \"users\","),
                        "",
                        60)))
                .as("one user only")
                .isEmpty();
        assertThat(times(backtest("backtest-edge", frequency.formatted(true), environment("production"), 60)))
                .isEmpty();
        assertThat(times(backtest("backtest-edge", frequency.formatted(true), environment(""), 60)))
                .hasSize(1);
    }

    @Test
    void usersAreCountedOnce() {
        long project = ROWS.project("backtest-users");
        Instant begin = now.minus(Duration.ofHours(9));
        List<Instant> times =
                IntStream.range(0, 6).mapToObj(n -> begin.plusSeconds(n)).toList();
        long issue = issue(project, "Users", times);
        for (int i = 0; i < times.size(); i++) {
            event(project, issue, times.get(i), times.get(i), null, i / 2);
        }
        hours(project, issue, times, "");

        assertThat(times(backtest("backtest-users", """
                        {"type": "frequency", "measure": "users", "threshold": 3, "reaches": true, "window_minutes": 5}""", "", 60)))
                .as("the third user comes with the fifth event")
                .containsExactly(times.get(4));
    }

    @Test
    void whatIsOldWhenItArrivesFiresNothing() {
        long project = ROWS.project("backtest-late");
        Instant happened = now.minus(Duration.ofHours(9));
        long issue = issue(project, "Late", List.of(happened));
        event(project, issue, happened.plus(Duration.ofHours(2)), happened, null, 1);
        hours(project, issue, List.of(happened), "");

        assertThat(times(backtest("backtest-late", "{\"type\": \"every_event\"}", "", 1)))
                .isEmpty();
    }

    @Test
    void newIssuesAndRegressionsAreFoundAndFilteredByWhatTheirEventsAre() {
        long project = ROWS.project("backtest-states");
        Instant old = now.minus(Duration.ofDays(40));
        Instant at = now.minus(Duration.ofHours(3));
        long fresh = issue(project, "Fresh", List.of(at));
        event(project, fresh, at, at, "production", 1);
        long back = issue(project, "Back", List.of(old, at.plusSeconds(60)));
        event(project, back, at.plusSeconds(60), at.plusSeconds(60), "staging", 1);
        API.database()
                .sql("""
                        INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
                        VALUES (:issue, :project, :at, 0, '', 'regression', '{}')
                        """)
                .param("issue", back)
                .param("project", project)
                .param("at", utc(at.plusSeconds(61)))
                .update();
        String both = "{\"type\": \"new_issue\"}, {\"type\": \"regression\"}";

        assertThat(titles(backtest("backtest-states", both, "", 60))).containsExactly("Back", "Fresh");
        assertThat(titles(backtest("backtest-states", both, environment("staging"), 60)))
                .containsExactly("Back");
        assertThat(titles(backtest("backtest-states", both, filter("""
                        {"type": "tag", "key": "role", "operator": "equals", "values": ["admin"]}"""), 60))).hasSize(2);
        assertThat(titles(backtest("backtest-states", both, filter("""
                        {"type": "attribute", "name": "exception.type", "operator": "starts_with", "values": ["type"]}"""), 60)))
                .as("attributes are those of the payload")
                .hasSize(2);
        assertThat(titles(backtest("backtest-states", both, filter("""
                        {"type": "age", "older": true, "minutes": 1440}"""), 60))).containsExactly("Back");
        assertThat(titles(backtest("backtest-states", both, filter("{\"type\": \"level\", \"level\": \"fatal\"}"), 60)))
                .isEmpty();
    }

    @Test
    void aRuleThatFiresMoreThanPeopleReadIsNoisy() {
        long project = ROWS.project("backtest-noisy");
        List<Instant> times = IntStream.range(0, 200)
                .mapToObj(n -> now.minus(Duration.ofHours(20)).plusSeconds(n * 120L))
                .toList();
        long issue = issue(project, "Noisy", times);
        times.forEach(at -> event(project, issue, at, at, null, 1));
        hours(project, issue, times, "");

        JsonNode result = backtest("backtest-noisy", "{\"type\": \"every_event\"}", "", 1);

        assertThat(result.path("total").asLong()).isEqualTo(200);
        assertThat(result.path("noisy").asBoolean()).isTrue();
        assertThat(backtest("backtest-noisy", "{\"type\": \"every_event\"}", "", 240)
                        .path("noisy")
                        .asBoolean())
                .isFalse();
    }

    /** The rule as its sentence says it, in the simplest way. */
    private static List<Instant> fired(List<Instant> times, int moreThan, Duration window, Duration interval) {
        List<Instant> fired = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            Instant moment = times.get(i);
            long count = times.subList(0, i + 1).stream()
                    .filter(at -> !at.isBefore(moment.minus(window)))
                    .count();
            if (count > moreThan
                    && (fired.isEmpty() || !fired.getLast().plus(interval).isAfter(moment))) {
                fired.add(moment);
            }
        }
        return fired;
    }

    /** Times of three days: quiet, with bursts of some minutes, in order and each another one. */
    private List<Instant> bursts(Random random) {
        TreeMap<Instant, Boolean> times = new TreeMap<>();
        Instant begin = now.minus(Duration.ofDays(3));
        for (int hour = 0; hour < 70; hour++) {
            Instant at = begin.plus(Duration.ofHours(hour));
            int events = random.nextInt(5) == 0 ? 5 + random.nextInt(25) : random.nextInt(4);
            int within = random.nextInt(3) == 0 ? 3_600_000 : 600_000;
            for (int i = 0; i < events; i++) {
                times.put(at.plusMillis(random.nextInt(within)), true);
            }
        }
        return List.copyOf(times.keySet());
    }

    private static JsonNode backtest(String project, String conditions, String more, int interval) {
        Reply reply =
                API.post("/api/v1/alert-rules/backtest?project=" + project, """
                {"rule": {"name": "Tried", "conditions": [%s]%s, "interval_minutes": %d}, "days": 14}
                """.formatted(conditions, more, interval));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static String environment(String name) {
        return ", \"environment\": \"%s\"".formatted(name);
    }

    private static String filter(String filter) {
        return ", \"filters\": [%s]".formatted(filter);
    }

    private static List<Instant> times(JsonNode result) {
        return result.path("firings")
                .valueStream()
                .map(firing -> Instant.parse(firing.path("at").asString()))
                .sorted()
                .toList();
    }

    private static List<String> titles(JsonNode result) {
        return result.path("firings")
                .valueStream()
                .map(firing -> firing.path("title").asString())
                .toList();
    }

    private static long issue(long project, String title, List<Instant> times) {
        long issue = ROWS.issue(project, title, times.getLast(), "unresolved");
        API.database()
                .sql("UPDATE issues SET first_seen = :first, event_count = :count WHERE id = :issue")
                .param("first", utc(times.getFirst()))
                .param("count", times.size())
                .param("issue", issue)
                .update();
        return issue;
    }

    private static void event(
            long project, long issue, Instant received, Instant occurred, String environment, long user) {
        UUID id = ROWS.event(project, issue, StoredRows.envelopeId(received), received, """
                {"exception": {"values": [{"type": "TypeError"}]}}""");
        Map<String, Object> values =
                new TreeMap<>(Map.of("id", id, "received", utc(received), "occurred", utc(occurred), "user", user));
        values.put("environment", environment);
        API.database().sql("""
                        UPDATE events SET occurred_at = :occurred, environment = :environment::text, user_hash = :user
                        WHERE event_id = :id AND received_at = :received
                        """).params(values).update();
    }

    private static void hours(long project, long issue, List<Instant> times, String environment) {
        Map<Instant, Integer> hours = new TreeMap<>();
        times.forEach(at -> hours.merge(at.truncatedTo(ChronoUnit.HOURS), 1, Integer::sum));
        hours.forEach((hour, events) -> ROWS.hour(project, issue, hour, environment, events));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
