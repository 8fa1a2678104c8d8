package dev.resentry.query.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a dashboard says is what comes of counting single events and sessions anew. */
class DashboardIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final String[] LEVELS = {"error", "warning", "fatal"};
    private static final String[] ENVIRONMENTS = {"production", "staging"};

    private static Instant thisHour;
    private static Instant longAgo;
    private static long project;
    private static long issue;

    /** Events of some days, each of which is counted by itself here. */
    private static final Map<Instant, Map<String, Long>> COUNTED = new TreeMap<>();

    @BeforeAll
    static void fill() {
        thisHour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        longAgo = thisHour.minus(20, ChronoUnit.DAYS);
        project = ROWS.project("dashboard");
        issue = ROWS.issue(project, "On the dashboard", thisHour, "unresolved");
        ROWS.issue(project, "Of the time before", thisHour.minus(30, ChronoUnit.HOURS), "unresolved");
        var random = new Random(14);
        Map<String, Integer> ofIssue = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            Instant at = thisHour.minus(random.nextInt(47 * 60), ChronoUnit.MINUTES);
            String level = LEVELS[random.nextInt(LEVELS.length)];
            String environment = ENVIRONMENTS[random.nextInt(ENVIRONMENTS.length)];
            COUNTED.computeIfAbsent(at, _ -> new HashMap<>()).merge(level + " " + environment, 1L, Long::sum);
            count("project_minutes", "minute", at, level, environment);
            count("project_hours", "hour", at.truncatedTo(ChronoUnit.HOURS), level, environment);
            ofIssue.merge(at.truncatedTo(ChronoUnit.HOURS) + " " + environment, 1, Integer::sum);
        }
        ofIssue.forEach((key, events) -> {
            String[] parts = key.split(" ");
            ROWS.hour(project, issue, Instant.parse(parts[0]), parts[1], events);
        });
        sessions("1.0", "production", 200, 2);
        sessions("1.1", "production", 100, 50);
        sessions("1.1", "staging", 10, 0);
        errors("1.0", "production", 20);
        errors("1.1", "production", 150);
    }

    private static void count(String table, String column, Instant at, String level, String environment) {
        API.database()
                .sql("""
                        INSERT INTO %1$s AS t (project_id, %2$s, level, environment, events) VALUES (:project, :at, :level, :environment, 1)
                        ON CONFLICT (project_id, %2$s, level, environment) DO UPDATE SET events = t.events + 1
                        """.formatted(table, column))
                .params(Map.of(
                        "project",
                        project,
                        "at",
                        at.atOffset(ZoneOffset.UTC),
                        "level",
                        level,
                        "environment",
                        environment))
                .update();
    }

    private static void sessions(String release, String environment, int sessions, int crashed) {
        for (String[] table : new String[][] {{"session_hours", "hour"}, {"session_minutes", "minute"}}) {
            API.database()
                    .sql(
                            "INSERT INTO %s VALUES (:project, :release, :environment, :at, :sessions, :crashed, 0, 0, :crashed, 0, 0)"
                                    .formatted(table[0]))
                    .params(Map.of(
                            "project",
                            project,
                            "release",
                            release,
                            "environment",
                            environment,
                            "at",
                            thisHour.minus(2, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC),
                            "sessions",
                            sessions,
                            "crashed",
                            crashed))
                    .update();
        }
    }

    private static void errors(String release, String environment, int events) {
        API.database()
                .sql("INSERT INTO release_hours (project_id, release, hour, environment, events)"
                        + " VALUES (:project, :release, :at, :environment, :events)")
                .params(Map.of(
                        "project",
                        project,
                        "release",
                        release,
                        "at",
                        thisHour.minus(2, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC),
                        "environment",
                        environment,
                        "events",
                        events))
                .update();
    }

    /** Counted from scratch. */
    private static long events(Instant from, Instant to, String levelAndEnvironment) {
        return COUNTED.entrySet().stream()
                .filter(minute ->
                        !minute.getKey().isBefore(from) && minute.getKey().isBefore(to))
                .flatMap(minute -> minute.getValue().entrySet().stream())
                .filter(entry -> entry.getKey().contains(levelAndEnvironment))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static JsonNode ask(String path, String rest) {
        RunningApi.Reply reply = API.get("/api/v1/%s?project=dashboard%s".formatted(path, rest));
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        return reply.json();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&range=1h", "", "&range=24h", "&range=7d", "&range=30d"})
    void theBarsAreTheEventsOfTheirTimeByLevel(String range) {
        for (String environment : new String[] {"", "staging"}) {
            JsonNode answer = ask("dashboard", range + (environment.isEmpty() ? "" : "&environment=" + environment));
            long interval = answer.path("interval_seconds").asLong();
            long sum = 0;

            assertThat(answer.path("bars").size()).isBetween(1, 151);
            for (JsonNode bar : answer.path("bars")) {
                Instant at = Instant.parse(bar.path("at").asString());
                Instant end = at.plusSeconds(interval);
                assertThat(bar.path("errors").asLong()).isEqualTo(events(at, end, environment));
                for (String level : LEVELS) {
                    assertThat(bar.path("levels").path(level).asLong())
                            .isEqualTo(events(at, end, level + " " + environment));
                }
                sum += bar.path("errors").asLong();
            }
            assertThat(answer.path("errors").asLong()).isEqualTo(sum);
            assertThat(ask("dashboard/figures", range + (environment.isEmpty() ? "" : "&environment=" + environment))
                            .at("/now/errors")
                            .asLong())
                    .isEqualTo(sum);
        }
    }

    @Test
    void figuresStandBesideThoseOfTheTimeBefore() {
        JsonNode answer = ask("dashboard/figures", "&range=24h");
        Instant from = Instant.parse(answer.path("from").asString());
        Instant compared = Instant.parse(answer.path("compared_from").asString());

        assertThat(compared).isEqualTo(from.minus(1, ChronoUnit.DAYS));
        assertThat(answer.at("/now/errors").asLong()).isEqualTo(events(from, Instant.MAX, ""));
        assertThat(answer.at("/before/errors").asLong()).isEqualTo(events(compared, from, ""));
        assertThat(answer.at("/now/new_issues").asLong()).isEqualTo(1);
        assertThat(answer.at("/before/new_issues").asLong()).isEqualTo(1);
        assertThat(answer.at("/now/sessions").asLong()).isEqualTo(310);
        assertThat(answer.at("/now/crash_free").asDouble()).isEqualTo(1 - 52 / 310.0);
        assertThat(answer.at("/before/crash_free").isNull()).isTrue();
        assertThat(answer.at("/now/users").asLong())
                .as("each hour has users 1, 2, 3 … of its events")
                .isEqualTo(mostOfAnHour(from.truncatedTo(ChronoUnit.HOURS), Instant.MAX));
    }

    private static long mostOfAnHour(Instant from, Instant to) {
        Map<String, Long> hours = new HashMap<>();
        COUNTED.forEach((at, counts) -> {
            if (!at.isBefore(from) && at.isBefore(to)) {
                counts.forEach((key, events) ->
                        hours.merge(at.truncatedTo(ChronoUnit.HOURS) + " " + key.split(" ")[1], events, Long::sum));
            }
        });
        return hours.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Test
    void releasesAreComparedByErrorsForAHundredSessionsOfAnEnvironment() {
        JsonNode answer = ask("dashboard/releases", "");

        assertThat(answer.valueStream()
                        .map(one -> "%s %s %d %d %.1f %.2f"
                                .formatted(
                                        one.path("version").asString(),
                                        one.path("environment").asString(),
                                        one.path("errors").asLong(),
                                        one.path("sessions").asLong(),
                                        one.path("errors_per_hundred_sessions").asDouble(),
                                        one.path("crash_free").asDouble())))
                .containsExactly(
                        "1.1 production 150 100 150.0 0.50",
                        "1.0 production 20 200 10.0 0.99",
                        "1.1 staging 0 10 0.0 1.00");
        assertThat(ask("dashboard/releases", "&environment=staging").size()).isEqualTo(1);
        assertThat(ask("dashboard/releases", "&range=7d&end=" + longAgo).size()).isZero();
    }

    @Test
    void spikesAreListedWithTheirCauses() {
        API.database().sql("""
                        INSERT INTO spikes (project_id, issue_id, started_at, noted_at, last_at, ended_at, peak, usual, threshold,
                                            short_history, cause_issue, cause_issue_events, cause_issue_usual, cause_release,
                                            cause_release_events, cause_release_usual)
                        VALUES (:project, 0, now() - interval '1 hour', now(), now(), now(), 90, 10, 30, false, :issue, 80, 2, '1.1', 85, 0),
                               (:project, :issue, now() - interval '2 hours', now(), now(), NULL, 500, 20, 100, false,
                                NULL, NULL, NULL, NULL, NULL, NULL)
                        """).param("project", project).param("issue", issue).update();

        JsonNode ofProject = ask("spikes", "&issue=0").path("results");
        assertThat(ofProject.size()).isEqualTo(1);
        assertThat(ofProject.at("/0/per").asString()).isEqualTo("minute");
        assertThat(ofProject.at("/0/issue_cause").toString())
                .isEqualTo(
                        "{\"issue_id\":%d,\"title\":\"On the dashboard\",\"events\":80,\"usual\":2}".formatted(issue));
        assertThat(ofProject.at("/0/release_cause").toString())
                .isEqualTo("{\"version\":\"1.1\",\"events\":85,\"usual\":0}");
        JsonNode ofIssue = ask("spikes", "&issue=" + issue).path("results");
        assertThat(ofIssue.at("/0/title").asString()).isEqualTo("On the dashboard");
        assertThat(ofIssue.at("/0/per").asString()).isEqualTo("hour");

        assertThat(ask("spikes", "&open=true").path("results").size()).isEqualTo(1);
        assertThat(ask("spikes", "&open=false").path("results").size()).isEqualTo(1);
        JsonNode first = ask("spikes", "&limit=1");
        assertThat(first.at("/results/0/issue_id").isNull()).isTrue();
        assertThat(ask("spikes", "&limit=1&cursor=" + first.path("next").asString())
                        .at("/results/0/issue_id")
                        .asLong())
                .isEqualTo(issue);
        assertThat(ask("spikes", "&end=" + longAgo).path("results").size()).isZero();
    }

    @Test
    void aLimitIsTriedOnWhatCameBeforeItIsSet() {
        JsonNode answer = API.get("/api/v1/projects/%d/limits/backtest?limit=2&window=3600&days=3".formatted(project))
                .json();
        long rejected = 0;
        Map<Instant, Long> hours = new TreeMap<>();
        COUNTED.forEach((at, counts) -> hours.merge(
                at.truncatedTo(ChronoUnit.HOURS),
                counts.values().stream().mapToLong(Long::longValue).sum(),
                Long::sum));
        for (long events : hours.values()) {
            rejected += Math.max(0, events - 2);
        }

        assertThat(answer.path("events").asLong()).isEqualTo(600);
        assertThat(answer.path("rejected").asLong()).isEqualTo(rejected);
        assertThat(answer.path("hours").size()).isEqualTo(hours.size());
        assertThat(answer.path("worst").size()).isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/dashboard?range=2h, range",
        "/api/v1/dashboard?start=2026-11-18T00:00:00Z&end=2026-11-17T00:00:00Z, start",
        "/api/v1/dashboard/figures?start=2025-01-01T00:00:00Z, start",
        "/api/v1/spikes?limit=0, limit",
        "/api/v1/projects/PROJECT/limits/backtest?limit=-1, limit",
        "/api/v1/projects/PROJECT/limits/backtest?limit=1&window=0, window",
        "/api/v1/projects/PROJECT/limits/backtest?limit=1&days=31, days"
    })
    void aWrongQuestionIsRefusedByField(String path, String field) {
        RunningApi.Reply reply = API.get(path.replace("PROJECT", Long.toString(project)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").propertyNames()).containsExactly(field);
    }

    @Test
    void nobodySetsALimitThatPassesForThatOfASpike() {
        RunningApi.Reply reply = API.patch("/api/v1/projects/%d".formatted(project), """
                {"limits": [{"limit": 1, "window_seconds": 60, "reason_code": "spike_protection"}]}""");

        assertThat(reply.status()).isEqualTo(400);
    }
}
