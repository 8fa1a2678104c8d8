package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.LimitedScene.DISABLED_KEY;
import static dev.resentry.gateway.endpoint.LimitedScene.KEY;
import static dev.resentry.gateway.endpoint.LimitedScene.MAX_BODY;
import static dev.resentry.gateway.endpoint.LimitedScene.attachment;
import static dev.resentry.gateway.endpoint.LimitedScene.event;
import static dev.resentry.gateway.endpoint.LimitedScene.item;
import static dev.resentry.gateway.endpoint.LimitedScene.minidump;
import static dev.resentry.gateway.endpoint.LimitedScene.quota;
import static dev.resentry.model.outcome.DataCategory.ATTACHMENT;
import static dev.resentry.model.outcome.DataCategory.ERROR;
import static dev.resentry.model.outcome.DataCategory.LOG_BYTE;
import static dev.resentry.model.outcome.DataCategory.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.metrics.CountedOutcomes;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is refused is accounted for, once and with its quantity, to the project that it was for. Of what is kept with a mark the
 * gateway says nothing: the processor accounts for what it leaves out.
 */
@Timeout(60)
class CountedOutcomesTest {
    private static final String ENVELOPE = "/api/42/envelope/?sentry_key=" + KEY;

    @Test
    void whatIsRefusedForALimitCountsWithAllItBrings() {
        try (var scene = LimitedScene.with(quota(0, ERROR))) {
            assertThat(scene.envelope(event(), attachment(90), attachment(0)).status())
                    .isEqualTo(429);

            assertThat(scene.outcomes())
                    .containsExactly(
                            Map.entry("42 e attachment rate_limited project_quota", 91L),
                            Map.entry("42 e attachment_item rate_limited project_quota", 2L),
                            Map.entry("42 e error rate_limited project_quota", 1L));
        }
    }

    @Test
    void whatLiesBehindTheWindowCountsToo() {
        try (var scene = LimitedScene.with(quota(0, ERROR))) {
            String large = item("event", "", "\"%s\"".formatted("x".repeat(20_000)));
            assertThat(scene.zipped(large, attachment(30_000)).status()).isEqualTo(429);

            assertThat(scene.outcomes())
                    .containsExactly(
                            Map.entry("42 e attachment rate_limited project_quota", 30_000L),
                            Map.entry("42 e attachment_item rate_limited project_quota", 1L),
                            Map.entry("42 e error rate_limited project_quota", 1L));
        }
    }

    @Test
    void bothMeasuresOfLogsCount() {
        try (var scene = LimitedScene.with(quota(0, LOG_BYTE))) {
            assertThat(scene.envelope(item("log", ",\"item_count\":7", "x".repeat(40)))
                            .status())
                    .isEqualTo(429);

            assertThat(scene.outcomes())
                    .containsExactly(
                            Map.entry("42 e log_byte rate_limited project_quota", 40L),
                            Map.entry("42 e log_item rate_limited project_quota", 7L));
        }
    }

    @Test
    void itemsLeftOutOfKeptEnvelopesAreNotCountedByTheGateway() {
        try (var scene = LimitedScene.with(quota(0, ERROR), quota(10, ATTACHMENT))) {
            assertThat(scene.envelope(event(), item("session", "", "{}")).status())
                    .isEqualTo(200);
            assertThat(scene.envelope(event(), attachment(9), minidump()).status())
                    .isEqualTo(200);
            assertThat(scene.envelope(item("transaction", "", "{}"), attachment(11))
                            .status())
                    .isEqualTo(200);

            assertThat(scene.outcomes()).isEmpty();
        }
    }

    @Test
    void everySentErrorIsEitherKeptOrCounted() {
        try (var scene = LimitedScene.with(quota(7, ERROR))) {
            for (int i = 0; i < 50; i++) {
                scene.envelope(event());
            }

            assertThat(scene.kept()).hasSize(7);
            assertThat(scene.outcomes()).containsExactly(Map.entry("42 e error rate_limited project_quota", 43L));
        }
    }

    @Test
    void temporaryRejectionsAreNotCounted() {
        try (var scene = LimitedScene.with(quota(1, SESSION))) {
            scene.keepNothing();
            assertThat(scene.envelope(event()).status()).isEqualTo(503);

            assertThat(scene.outcomes()).isEmpty();
        }
    }

    static Stream<Arguments> refusedOfKnownProjects() {
        String json = "Content-Type: application/json";
        return Stream.of(
                rejected(400, "42 e default invalid no_data", ENVELOPE, "X: x", ""),
                rejected(400, "42 e default invalid invalid_envelope", ENVELOPE, "X: x", "{]\n"),
                rejected(
                        400,
                        "42 e default invalid invalid_envelope",
                        ENVELOPE,
                        "X: x",
                        "{\"dsn\":\"https://%s@x.example/7\"}\n".formatted(KEY)),
                rejected(400, "42 e default invalid invalid_envelope", ENVELOPE, "Content-Encoding: gzip", "no gzip"),
                rejected(413, "42 e default invalid too_large", ENVELOPE, "X: x", "x".repeat(MAX_BODY + 1)),
                rejected(413, "42 e error invalid too_large", store(KEY), "X: x", "x".repeat(MAX_BODY + 1)),
                rejected(400, "42 e error invalid no_data", store(KEY), "X: x", ""),
                rejected(403, "42 b default invalid project_state", ENVELOPE.replace(KEY, DISABLED_KEY), "X: x", "{}"),
                rejected(403, "42 b error invalid project_state", store(DISABLED_KEY), "X: x", "{}"),
                rejected(403, "42 e error invalid cors", store(KEY), "Origin: https://elsewhere.example", "{}"),
                rejected(
                        403,
                        "42 b default invalid project_state",
                        "/api/42/envelope/",
                        "X: x",
                        "{\"dsn\":\"https://%s@x.example/42\"}\n".formatted(DISABLED_KEY)),
                rejected(
                        400,
                        "42 e error invalid invalid_minidump",
                        "/api/42/minidump/?sentry_key=" + KEY,
                        "X: x",
                        "no"),
                rejected(400, "42 e monitor invalid invalid_check_in", "/api/42/cron/a/" + KEY, "X: x", ""),
                rejected(422, "42 e monitor invalid invalid_check_in", "/api/42/cron/a/" + KEY, json, "{}"),
                rejected(
                        400,
                        "42 e feedback invalid invalid_feedback",
                        "/api/embed/error-page/?eventId=9ec79c33ec9942ab8353589fcb2e04dc&dsn=https://%s@x.example/42"
                                .formatted(KEY),
                        "Content-Type: application/x-www-form-urlencoded",
                        "comments="),
                rejected(400, "42 e error invalid invalid_report", "/api/v1/events/ingest/shop", json, "{}"),
                rejected(400, "42 e error invalid invalid_json", "/api/v1/events/ingest/shop", json, "{"),
                rejected(400, "42 e error invalid no_data", "/api/v1/events/ingest/shop", json, ""),
                rejected(
                        413,
                        "42 e error invalid too_large",
                        "/api/v1/events/ingest/shop",
                        json,
                        "x".repeat(MAX_BODY + 1)),
                rejected(
                        400,
                        "42 e error invalid invalid_report",
                        "/api/v1/events",
                        json,
                        "{\"project_key\":\"shop\",\"message\":7}"),
                rejected(
                        403,
                        "42 b error invalid project_state",
                        "/api/v1/events/ingest/token/" + DISABLED_KEY,
                        json,
                        "{\"message\":\"m\"}"),
                rejected(
                        403,
                        "42 e session invalid cors",
                        "/api/v1/sessions/ingest/token/" + KEY,
                        json + "\r\nOrigin: https://elsewhere.example",
                        "{\"session_id\":\"s\",\"status\":\"ok\",\"release\":\"1\"}"));
    }

    @ParameterizedTest
    @MethodSource("refusedOfKnownProjects")
    void whatIsRefusedCountsOnce(int status, String outcome, String target, String header, String body) {
        try (var scene = LimitedScene.with(quota(100, ERROR))) {
            assertThat(scene.post(target, header, body).status()).isEqualTo(status);

            assertThat(scene.outcomes()).containsExactly(Map.entry(outcome, 1L));
        }
    }

    static Stream<Arguments> refusedOfNobody() {
        String stranger = "a".repeat(32);
        String json = "Content-Type: application/json";
        return Stream.of(
                rejected(401, "", "/api/42/envelope/", "X: x", "{}"),
                rejected(403, "", "/api/42/envelope/?sentry_key=" + stranger, "X: x", "{}"),
                rejected(403, "", "/api/7/envelope/?sentry_key=" + KEY, "X: x", "{}"),
                rejected(415, "", "/api/42/envelope/?sentry_key=" + stranger, "Content-Encoding: rot13", "{}"),
                rejected(400, "", "/api/x/envelope/?sentry_key=" + KEY, "X: x", "{}"),
                rejected(404, "", "/api/v1/events/ingest/nobody", json, "{\"message\":\"m\"}"),
                rejected(400, "", "/api/v1/events", json, "{}"));
    }

    @ParameterizedTest
    @MethodSource("refusedOfNobody")
    void rejectionsThatBelongToNoProjectAreNotCounted(
            int status, String nothing, String target, String header, String body) {
        try (var scene = LimitedScene.with(quota(100, ERROR))) {
            assertThat(scene.post(target, header, body).status()).isEqualTo(status);

            assertThat(scene.outcomes()).as(nothing).isEmpty();
        }
    }

    @Test
    void metricsCountTheSameOutcomes() {
        var meters = new SimpleMeterRegistry();
        var counted = new CountedOutcomes((_, _, _, _, _) -> {}, meters);
        try (var scene = LimitedScene.reportingTo(counted, quota(0, ERROR))) {
            scene.envelope(event(), attachment(90));
            scene.envelope(event());
            scene.post(ENVELOPE, "X: x", "");

            assertThat(meters.get("resentry.ingest.refused")
                            .tags("category", "error", "outcome", "rate_limited", "reason", "project_quota")
                            .counter()
                            .count())
                    .isEqualTo(2);
            assertThat(meters.get("resentry.ingest.refused")
                            .tags("category", "attachment")
                            .counter()
                            .count())
                    .isEqualTo(90);
            assertThat(meters.get("resentry.ingest.refused")
                            .tags("category", "default", "outcome", "invalid", "reason", "no_data")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aReasonKeepsItsNameHoweverManyFollow() {
        var meters = new SimpleMeterRegistry();
        var counted = new CountedOutcomes((_, _, _, _, _) -> {}, meters);
        var project = new ProjectId(42);
        for (int i = 0; i < 2_000; i++) {
            counted.report(project, null, ERROR, new Outcome.RateLimited("reason_" + i), 1);
        }
        counted.report(project, null, ERROR, new Outcome.RateLimited("reason_0"), 1);

        assertThat(meters.get("resentry.ingest.refused")
                        .tag("reason", "reason_0")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("resentry.ingest.refused")
                        .tag("reason", "other")
                        .counter()
                        .count())
                .isEqualTo(1_000);
        assertThat(meters.getMeters()).hasSize(1_001);
    }

    private static String store(String key) {
        return "/api/42/store/?sentry_key=" + key;
    }

    private static Arguments rejected(int status, String outcome, String target, String header, String body) {
        return Arguments.of(status, outcome, target, header, body);
    }
}
