package dev.resentry.query.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class StatsIT {
    private static final String DAY = "from=2026-11-18T00:00:00Z&to=2026-11-19T00:00:00Z";

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static long project;
    private static long issue;

    @BeforeAll
    static void fill() {
        project = ROWS.project("counted");
        issue = ROWS.issue(project, "Counted", Instant.parse("2026-11-18T11:30:00Z"), "unresolved");
        ROWS.rollups(project, issue);
    }

    @Test
    void anIssueHasEventsAndUsersByHourOverAllEnvironmentsAndLevels() {
        JsonNode stats =
                API.get("/api/v1/issues/%d/stats?%s".formatted(issue, DAY)).json();

        assertThat(stats.path("events").asLong()).isEqualTo(9);
        assertThat(stats.path("users").asLong()).isEqualTo(2);
        assertThat(stats.path("hours").size()).isEqualTo(2);
        assertThat(stats.at("/hours/0").toString())
                .isEqualTo("{\"hour\":\"2026-11-18T10:00:00Z\",\"events\":5,\"users\":2}");
        assertThat(stats.at("/hours/1").toString())
                .isEqualTo("{\"hour\":\"2026-11-18T11:00:00Z\",\"events\":4,\"users\":0}");
    }

    @Test
    void anIssueIsCountedInOneEnvironmentOrInNone() {
        String path = "/api/v1/issues/%d/stats?%s&environment=".formatted(issue, DAY);

        assertThat(API.get(path + "staging").json().path("events").asLong()).isEqualTo(7);
        assertThat(API.get(path).json().path("events").asLong()).isEqualTo(2);
        assertThat(API.get(path + "production").json().path("hours").isEmpty()).isTrue();
    }

    @Test
    void anIssueHasTagsWithTheirMostFrequentValues() {
        JsonNode tags =
                API.get("/api/v1/issues/%d/tags?values=1".formatted(issue)).json();

        assertThat(tags.path("tags").size()).isEqualTo(1);
        assertThat(tags.at("/tags/0").toString())
                .as("15 events, 7 of them with values that are not counted apart")
                .isEqualTo("{\"key\":\"browser\",\"events\":15,"
                        + "\"values\":[{\"value\":\"chrome\",\"events\":5,\"last_seen\":\"2026-11-18T11:30:00Z\"}]}");
        assertThat(API.get("/api/v1/issues/%d/tags".formatted(issue))
                        .json()
                        .at("/tags/0/values")
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aProjectHasEventsByHourAndByMinute() {
        String path = "/api/v1/projects/%d/stats?%s".formatted(project, DAY);

        JsonNode hours = API.get(path).json();
        assertThat(hours.path("resolution").asString()).isEqualTo("hour");
        assertThat(hours.path("buckets").toString())
                .isEqualTo("[{\"at\":\"2026-11-18T10:00:00Z\",\"events\":5,\"levels\":{\"error\":3,\"warning\":2}}]");
        assertThat(API.get(path + "&resolution=minute").json().path("buckets").toString())
                .isEqualTo("[{\"at\":\"2026-11-18T10:07:00Z\",\"events\":3,\"levels\":{\"error\":3}}]");
        assertThat(API.get(path + "&environment=").json().path("events").asLong())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/projects/PROJECT/stats?resolution=day, resolution",
        "/api/v1/projects/PROJECT/stats?from=yesterday, from",
        "/api/v1/projects/PROJECT/stats?from=2026-11-18T00:00:00Z&to=2026-11-17T00:00:00Z, from",
        "/api/v1/projects/PROJECT/stats?from=2026-11-10T00:00:00Z&to=2026-11-17T00:00:00Z&resolution=minute, from",
        "/api/v1/issues/ISSUE/stats?from=2026-01-01T00:00:00Z&to=2026-11-17T00:00:00Z, from",
        "/api/v1/issues/ISSUE/tags?values=0, values"
    })
    void aWrongQuestionIsRefusedByField(String path, String field) {
        RunningApi.Reply reply =
                API.get(path.replace("PROJECT", Long.toString(project)).replace("ISSUE", Long.toString(issue)));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").propertyNames()).containsExactly(field);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(API.get("/api/v1/issues/999999/stats").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/issues/999999/tags").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/projects/999999/stats").status()).isEqualTo(404);
    }
}
