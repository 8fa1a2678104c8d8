package dev.resentry.query.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The health of releases by the API. */
@Timeout(120)
class ReleaseHealthIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    private static long project;
    private static long first;
    private static long second;
    private static long third;

    @BeforeAll
    static void store() {
        project = ROWS.project("health-of-releases");
        first = release("1.0", "2026-11-01T00:00:00Z");
        second = release("1.1", "2026-11-02T00:00:00Z");
        third = release("1.2", "2026-11-03T00:00:00Z");
        sessions("1.0", "prod", 20, 900, 9, 90);
        sessions("1.0", "prod", 1, 10, 0, 0);
        sessions("1.1", "prod", 1, 150, 3, 30);
        sessions("1.1", "", 1, 40, 0, 0);
        // Of a session whose start is lost.
        sessions("1.1", "dev", 1, 0, 2, 2);
        events("1.1", "prod", 1, 45);
        events("1.1", "prod", 2, 15);
        events("1.1", "dev", 1, 7);
        users("1.1", "prod", "all", 1, 2, 3, 4);
        users("1.1", "prod", "crashed", 4);
        // Of the other kinds nobody is a user of adoption.
        users("1.1", "prod", "errored", 4, 21, 22, 23, 24);
        users("1.0", "prod", "abnormal", 31, 32, 33);
        users("1.0", "prod", "all", 4, 5);
    }

    @Test
    void theReleasesOfAProjectAreListedForPrograms() {
        JsonNode answer =
                API.get("/api/releases/health/?project=health-of-releases").json();

        assertThat(answer.isArray()).isTrue();
        assertThat(answer.valueStream()
                        .map(row -> "%s %s %s %s %s"
                                .formatted(
                                        row.path("version").asString(),
                                        row.path("environment"),
                                        row.path("total_sessions"),
                                        row.path("crashed_sessions"),
                                        row.path("crash_free_rate"))))
                .containsExactlyInAnyOrder(
                        "1.0 \"prod\" 910 9 " + (1 - 9 / 910.0),
                        "1.1 \"prod\" 150 3 0.98",
                        "1.1 null 40 0 1.0",
                        "1.1 \"dev\" 0 2 null");
        assertThat(API.get("/api/releases/health/?project=health-of-releases&environment=prod&range=2h")
                        .json())
                .hasSize(2);
        assertThat(API.get("/api/releases/health/?project=health-of-releases&environment=prod&range=61m")
                        .json())
                .as("the hour in which the range begins, from its beginning")
                .hasSize(2);
    }

    @Test
    void anEmptyEnvironmentIsThatOfSessionsWithoutOne() {
        JsonNode releases = API.get("/api/releases/health/?project=health-of-releases&environment=")
                .json();
        assertThat(releases.valueStream().map(row -> row.path("total_sessions").asLong()))
                .containsExactly(40L);
        JsonNode series = API.get("/api/releases/health/series/?project=health-of-releases&interval=1h&environment=")
                .json();
        assertThat(series.valueStream()
                        .mapToLong(row -> row.path("total_sessions").asLong())
                        .sum())
                .isEqualTo(40);
        assertThat(API.get("/api/v1/releases/%d/health?environment=".formatted(second))
                        .json()
                        .path("sessions")
                        .asLong())
                .isEqualTo(40);
        assertThat(API.get("/api/v1/releases/%d/health?environment=&environment=prod".formatted(second))
                        .json()
                        .path("sessions")
                        .asLong())
                .isEqualTo(190);
    }

    @Test
    void theSeriesOfAProjectHasEveryInterval() {
        JsonNode series = API.get("/api/releases/health/series/?project=health-of-releases&range=24h&interval=5m")
                .json();

        assertThat(series).hasSize(288);
        assertThat(series.valueStream()
                        .mapToLong(row -> row.path("total_sessions").asLong())
                        .sum())
                .as("minutes")
                .isEqualTo(1100);
        JsonNode hours = API.get(
                        "/api/releases/health/series/?project=health-of-releases&range=24h&interval=1h&version=1.1")
                .json();
        assertThat(hours).hasSize(24);
        assertThat(hours.path(22).path("total_sessions").asLong()).isEqualTo(190);
        assertThat(hours.path(22).path("crash_free_rate").asDouble()).isCloseTo(1 - 5 / 190.0, within(1e-9));
        assertThat(hours.path(0).path("crash_free_rate").isNull()).isTrue();
        assertThat(hours.path(22).path("timestamp").asString()).isEqualTo(hour(1).toString());
    }

    @Test
    void aReleaseSaysHowItsSessionsWent() {
        JsonNode health = API.get("/api/v1/releases/%d/health?environment=prod&range=24h".formatted(second))
                .json();

        assertThat(health.path("sessions").asLong()).isEqualTo(150);
        assertThat(health.path("healthy").asLong()).isEqualTo(120);
        assertThat(health.path("errored").asLong()).isEqualTo(27);
        assertThat(health.path("crashed").asLong()).isEqualTo(3);
        assertThat(health.path("crash_free_sessions").asDouble()).isEqualTo(0.98);
        assertThat(health.path("errored_per_hundred").asDouble()).isEqualTo(20);
        assertThat(health.path("events").asLong()).isEqualTo(60);
        assertThat(health.path("events_per_hundred").asDouble()).isEqualTo(40);
        assertThat(health.path("mean_duration_seconds").asDouble()).isEqualTo(2.5);
        assertThat(health.path("users").asLong()).isEqualTo(4);
        assertThat(health.path("crash_free_users").asDouble()).isEqualTo(0.75);
        assertThat(health.at("/adoption/sessions").asDouble()).isCloseTo(150 / 1060.0, within(1e-9));
        assertThat(health.at("/adoption/users").asDouble()).isEqualTo(0.8);
        assertThat(health.at("/adoption/stage").asString()).isEqualTo("adopted");
        assertThat(health.path("series")).hasSize(24);
        assertThat(API.get("/api/v1/releases/%d/health?environment=prod".formatted(first))
                        .json()
                        .at("/adoption/stage")
                        .asString())
                .isEqualTo("replaced");
    }

    @Test
    void eventsAreHeldAgainstTheSessionsOfTheHoursInWhichTheyHappened() {
        JsonNode health = API.get("/api/v1/releases/%d/health?environment=prod&range=61m&interval=1m".formatted(second))
                .json();

        assertThat(health.path("events").asLong())
                .as("of hours that count whole")
                .isIn(45L, 60L);
        assertThat(health.path("events_per_hundred").asDouble())
                .isEqualTo(100.0 * health.path("events").asLong() / 150);
    }

    @Test
    void withoutSessionsSharesAreUnknown() {
        JsonNode health =
                API.get("/api/v1/releases/%d/health?range=7d".formatted(third)).json();

        assertThat(health.path("sessions").asLong()).isZero();
        assertThat(health.path("crash_free_sessions").isNull()).isTrue();
        assertThat(health.path("crash_free_users").isNull()).isTrue();
        assertThat(health.path("errored_per_hundred").isNull()).isTrue();
        assertThat(health.path("events_per_hundred").isNull()).isTrue();
        assertThat(health.at("/adoption/stage").asString()).isEqualTo("low_adoption");
        JsonNode dev = API.get("/api/v1/releases/%d/health?environment=dev".formatted(second))
                .json();
        assertThat(dev.path("crashed").asLong()).isEqualTo(2);
        assertThat(dev.path("crash_free_sessions").isNull()).isTrue();
    }

    @Test
    void aListOfReleasesHasTheirHealthBesideThatOfTheOneBefore() {
        Map<String, String> listed = new TreeMap<>();
        API.get("/api/v1/releases?project=health-of-releases")
                .json()
                .path("results")
                .forEach(row -> listed.put(
                        row.path("version").asString(), row.path("health").toString()));

        assertThat(listed.get("1.2"))
                .isEqualTo(
                        "{\"sessions\":null,\"crash_free_sessions\":null,\"crash_free_sessions_before\":null,\"adoption\":null}");
        assertThat(listed.get("1.1"))
                .isEqualTo(
                        "{\"sessions\":190,\"crash_free_sessions\":%s,\"crash_free_sessions_before\":%s,\"adoption\":%s}"
                                .formatted(1 - 5 / 190.0, 1 - 9 / 910.0, 190 / 1100.0));
        assertThat(API.get("/api/v1/releases/%d?environment=prod".formatted(second))
                        .json()
                        .at("/health/sessions")
                        .asLong())
                .isEqualTo(150);
    }

    @ParameterizedTest
    @CsvSource({
        "range=1y,                range",
        "range=101d,              range",
        "range=0h,                range",
        "range=24h&interval=25h,  interval",
        "range=49h&interval=5m,   interval",
        "range=100d&interval=30m, interval",
        "range=48h&interval=xx,   interval",
    })
    void aTimeThatIsNotCountedIsRefused(String parameters, String field) {
        RunningApi.Reply reply = API.get("/api/releases/health/series/?project=health-of-releases&" + parameters);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").propertyNames()).containsExactly(field);
    }

    private static long release(String version, String date) {
        return API.post(
                        "/api/v1/projects/%d/releases".formatted(project),
                        "{\"version\": \"%s\", \"date_released\": \"%s\"}".formatted(version, date))
                .json()
                .path("id")
                .asLong();
    }

    private static Instant hour(int ago) {
        return Instant.now().truncatedTo(ChronoUnit.HOURS).minus(ago, ChronoUnit.HOURS);
    }

    private static void sessions(
            String release, String environment, int hoursAgo, long sessions, long crashed, long errored) {
        for (String table : new String[] {"session_hours", "session_minutes"}) {
            API.database()
                    .sql("""
                            INSERT INTO %s VALUES (:project, :release, :environment, :at, :sessions, :errored, 0, 0, :crashed, 2, 5000)
                            """.formatted(table))
                    .params(Map.of(
                            "project", project,
                            "release", release,
                            "environment", environment,
                            "at", hour(hoursAgo).atOffset(ZoneOffset.UTC),
                            "sessions", sessions,
                            "errored", errored,
                            "crashed", crashed))
                    .update();
        }
    }

    private static void events(String release, String environment, int hoursAgo, long events) {
        API.database()
                .sql("INSERT INTO release_hours VALUES (:project, :release, :at, :environment, :events)")
                .params(Map.of(
                        "project", project,
                        "release", release,
                        "environment", environment,
                        "at", hour(hoursAgo).atOffset(ZoneOffset.UTC),
                        "events", events))
                .update();
    }

    private static void users(String release, String environment, String kind, long... users) {
        var bytes = new StringBuilder("01");
        for (long user : users) {
            bytes.append("%016x".formatted(user));
        }
        API.database()
                .sql(
                        "INSERT INTO session_users VALUES (:project, :release, :environment, :at, :kind, decode(:users, 'hex'))")
                .params(Map.of(
                        "project", project,
                        "release", release,
                        "environment", environment,
                        "at", hour(1).atOffset(ZoneOffset.UTC),
                        "kind", kind,
                        "users", bytes.toString()))
                .update();
    }
}
