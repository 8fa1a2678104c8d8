package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.LimitedScene.KEY;
import static dev.resentry.gateway.endpoint.LimitedScene.OTHER_KEY;
import static dev.resentry.gateway.endpoint.LimitedScene.attachment;
import static dev.resentry.gateway.endpoint.LimitedScene.event;
import static dev.resentry.gateway.endpoint.LimitedScene.framed;
import static dev.resentry.gateway.endpoint.LimitedScene.gzip;
import static dev.resentry.gateway.endpoint.LimitedScene.incompressible;
import static dev.resentry.gateway.endpoint.LimitedScene.item;
import static dev.resentry.gateway.endpoint.LimitedScene.minidump;
import static dev.resentry.gateway.endpoint.LimitedScene.quota;
import static dev.resentry.gateway.endpoint.LimitedScene.statuses;
import static dev.resentry.model.outcome.DataCategory.ATTACHMENT;
import static dev.resentry.model.outcome.DataCategory.ATTACHMENT_ITEM;
import static dev.resentry.model.outcome.DataCategory.ERROR;
import static dev.resentry.model.outcome.DataCategory.LOG_BYTE;
import static dev.resentry.model.outcome.DataCategory.LOG_ITEM;
import static dev.resentry.model.outcome.DataCategory.SECURITY;
import static dev.resentry.model.outcome.DataCategory.SESSION;
import static dev.resentry.model.outcome.DataCategory.SPAN;
import static dev.resentry.model.outcome.DataCategory.TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.project.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rate limits as senders see them, over HTTP (ingest protocol, section 5; feature M10). */
@Timeout(60)
class LimitedRequestsTest {
    private static final String SESSION_ITEM = item("session", "", "{}");
    private static final String CLIENT_REPORT = item("client_report", "", "{}");
    private static final String LONG_HEADER = "{\"trace\":{\"release\":\"%s\"}}\n".formatted("r".repeat(9_000));

    @Test
    void aRequestOverALimitIsRejectedWithItsRetryTime() {
        try (var scene = LimitedScene.with(quota(2, ERROR))) {
            assertThat(statuses(scene.envelope(event()), scene.envelope(event())))
                    .containsExactly(200, 200);
            WireResponse third = scene.envelope(event());

            assertThat(third.status()).isEqualTo(429);
            assertThat(third.headers())
                    .containsEntry("retry-after", "45")
                    .containsEntry("x-sentry-rate-limits", "45:error:project:project_quota");
            assertThat(third.json().get("detail").asString()).contains("over the limit");
            assertThat(third.json().get("causes").toString()).contains("45 seconds");
            assertThat(scene.kept()).hasSize(2);
        }
    }

    @Test
    void theLastAdmittedRequestIsToldThatTheLimitIsReached() {
        try (var scene = LimitedScene.with(quota(2, ERROR))) {
            assertThat(scene.envelope(event()).headers()).doesNotContainKeys("x-sentry-rate-limits", "retry-after");
            WireResponse last = scene.envelope(event());

            assertThat(last.status()).isEqualTo(200);
            assertThat(last.headers())
                    .containsEntry("x-sentry-rate-limits", "45:error:project:project_quota")
                    .doesNotContainKey("retry-after");
        }
    }

    @Test
    void manyCategoriesStandInOnePartAndManyLimitsInOneHeader() {
        try (var scene = LimitedScene.with(
                quota(0, TRANSACTION, ERROR), new Quota(Set.of(SESSION), 0, Duration.ofHours(1), "no_sessions"))) {
            WireResponse refused = scene.envelope(event());

            assertThat(refused.header("x-sentry-rate-limits"))
                    .isEqualTo("60:error;transaction:project:project_quota, 60:session:project:no_sessions");
        }
    }

    @Test
    void retryAfterIsCutToFiveMinutes() {
        try (var scene = LimitedScene.with(new Quota(Set.of(ERROR), 1, Duration.ofDays(1), "daily"))) {
            scene.envelope(event());

            assertThat(scene.envelope(event()).headers())
                    .containsEntry("retry-after", "300")
                    .containsEntry("x-sentry-rate-limits", "300:error:project:daily");
        }
    }

    @Test
    void ofAnEnvelopePartlyOverALimitTheRestIsKeptAndTheHeaderSaysSo() {
        try (var scene = LimitedScene.with(quota(0, ERROR))) {
            WireResponse response = scene.envelope(event(), SESSION_ITEM);

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.headers())
                    .containsEntry("x-sentry-rate-limits", "60:error:project:project_quota")
                    .doesNotContainKey("retry-after");
            assertThat(scene.mark()).containsExactly(ERROR);
        }
    }

    @Test
    void aLimitOfZeroRefusesAllForAMinute() {
        try (var scene = LimitedScene.with(quota(0, ERROR))) {
            WireResponse response = scene.envelope(event());

            assertThat(response.status()).isEqualTo(429);
            assertThat(response.headers()).containsEntry("retry-after", "60");
            assertThat(scene.kept()).isEmpty();
        }
    }

    @Test
    void whatIsDisabledIsForbiddenAndNotLimited() {
        try (var scene = LimitedScene.disabled(quota(0, ERROR))) {
            WireResponse response = scene.envelope(event());

            assertThat(response.status()).isEqualTo(403);
            assertThat(response.headers()).doesNotContainKeys("retry-after", "x-sentry-rate-limits");
        }
        try (var scene = LimitedScene.with(quota(0, ERROR))) {
            assertThat(scene.envelopeWith(LimitedScene.DISABLED_KEY, event()).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void theLimitOfAKeyIsForThatKeyOnly() {
        try (var scene = LimitedScene.withKeyLimits(
                List.of(new Quota(Set.of(ERROR), 1, Duration.ofMinutes(1), "key_quota")), quota(100, ERROR))) {
            scene.envelope(event());
            WireResponse second = scene.envelope(event());

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.header("x-sentry-rate-limits")).isEqualTo("45:error:key:key_quota");
            assertThat(scene.envelopeWith(OTHER_KEY, event()).status()).isEqualTo(200);
        }
    }

    @Test
    void theLimitOfAProjectIsForAllItsKeys() {
        try (var scene = LimitedScene.withKeyLimits(List.of(quota(100, SESSION)), quota(2, ERROR))) {
            assertThat(statuses(
                            scene.envelope(event()),
                            scene.envelopeWith(OTHER_KEY, event()),
                            scene.envelope(event()),
                            scene.envelopeWith(OTHER_KEY, event())))
                    .containsExactly(200, 200, 429, 429);
        }
    }

    @Test
    void whatAKeysLimitRefusesIsNotCountedForTheProject() {
        try (var scene = LimitedScene.withKeyLimits(List.of(quota(1, ERROR)), quota(3, ERROR))) {
            for (int i = 0; i < 10; i++) {
                scene.envelope(event());
            }

            assertThat(statuses(scene.envelopeWith(OTHER_KEY, event()), scene.envelopeWith(OTHER_KEY, event())))
                    .containsExactly(200, 200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"session", "sessions", "client_report", "transaction", "log", "check_in", "replay_event", "new"})
    void aLimitOfErrorsStopsNothingElse(String type) {
        try (var scene = LimitedScene.with(quota(0, ERROR))) {
            WireResponse response = scene.envelope(item(type, "", "{}"));

            assertThat(response.status()).isEqualTo(200);
            assertThat(scene.mark()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "event",
        "transaction",
        "attachment",
        "session",
        "feedback",
        "check_in",
        "log",
        "span",
        "profile",
        "replay_video"
    })
    void aLimitOfEverythingStopsIt(String type) {
        try (var scene = LimitedScene.with(quota(1))) {
            assertThat(scene.envelope(item(type, "", "{}")).status()).isEqualTo(200);
            WireResponse second = scene.envelope(item(type, "", "{}"));

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.header("x-sentry-rate-limits")).isEqualTo("45::project:project_quota");
        }
    }

    @Test
    void aLimitOfEverythingCountsPiecesAndNotBytes() {
        try (var scene = LimitedScene.with(quota(4))) {
            assertThat(statuses(
                            scene.envelope(event(), attachment(50_000)),
                            scene.envelope(item("log", ",\"item_count\":2", "x".repeat(1_000))),
                            scene.envelope(event())))
                    .containsExactly(200, 200, 429);
            assertThat(scene.mark()).isEmpty();
        }
    }

    @Test
    void clientReportsPassEveryLimit() {
        try (var scene = LimitedScene.with(quota(0))) {
            assertThat(scene.envelope(CLIENT_REPORT).status()).isEqualTo(200);
            assertThat(scene.envelope(event(), CLIENT_REPORT).status()).isEqualTo(200);
            assertThat(scene.mark()).containsExactly(ERROR);
        }
    }

    @Test
    void minidumpsUnrealCrashesAndCheckInsOfJobsPassEveryLimit() {
        try (var scene = LimitedScene.with(quota(0))) {
            assertThat(statuses(
                            scene.post("/api/42/minidump/?sentry_key=" + KEY, "X: x", "MDMP0000"),
                            scene.post("/api/42/unreal/%s/".formatted(KEY), "X: x", "crash"),
                            scene.post("/api/42/cron/nightly/%s/?status=ok".formatted(KEY), "X: x", ""),
                            scene.post(
                                    "/api/42/cron/nightly/%s/".formatted(KEY),
                                    "Content-Type: application/json",
                                    "{\"status\":\"ok\"}"),
                            scene.say("GET", "/api/42/cron/nightly/%s/?status=ok".formatted(KEY), "X: x", new byte[0])))
                    .containsExactly(200, 200, 202, 202, 202);
            assertThat(scene.kept())
                    .hasSize(5)
                    .allSatisfy(
                            envelope -> assertThat(envelope.receipt().limited()).isEmpty());
        }
    }

    @Test
    void aNativeCrashBesideALimitedEventIsKept() {
        try (var scene = LimitedScene.with(quota(0, ERROR))) {
            WireResponse response = scene.envelope(event(), attachment(10), minidump());

            assertThat(response.status()).isEqualTo(200);
            assertThat(scene.mark()).containsExactly(ERROR);
        }
    }

    @Test
    void aNativeCrashIsKeptWhateverIsLimitedAndHoweverItIsPacked() {
        try (var scene = LimitedScene.with(quota(0))) {
            assertThat(scene.envelope(minidump()).status()).isEqualTo(200);
            assertThat(scene.zipped(event(), incompressible("attachment", 30_000), minidump())
                            .status())
                    .isEqualTo(200);
            assertThat(scene.kept()).hasSize(2);
        }
    }

    @Test
    void attachmentsGoAlongWithTheirEvent() {
        try (var scene = LimitedScene.with(quota(0, ERROR), quota(100, ATTACHMENT))) {
            assertThat(scene.envelope(event(), attachment(90)).status()).isEqualTo(429);

            assertThat(scene.envelope(item("transaction", "", "{}"), attachment(90))
                            .status())
                    .as("what went along was not counted")
                    .isEqualTo(200);
            assertThat(scene.mark()).isEmpty();
        }
    }

    @Test
    void attachmentsOverALimitAreLeftOutAndTheirEventIsKept() {
        try (var scene = LimitedScene.with(quota(100, ATTACHMENT))) {
            WireResponse response = scene.envelope(event(), attachment(101));

            assertThat(response.status()).isEqualTo(200);
            assertThat(scene.mark()).containsExactly(ATTACHMENT);
        }
    }

    @Test
    void logsRejectedByOneMeasureAreCountedByNone() {
        try (var scene = LimitedScene.with(quota(10, LOG_ITEM), quota(100, LOG_BYTE))) {
            String tooLarge = item("log", ",\"item_count\":6", "x".repeat(101));
            assertThat(statuses(scene.envelope(tooLarge), scene.envelope(tooLarge)))
                    .containsExactly(429, 429);

            assertThat(scene.envelope(item("log", ",\"item_count\":10", "x".repeat(100)))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void anEventBehindTheWindowIsCounted() {
        try (var scene = LimitedScene.with(quota(1, ERROR))) {
            String[] items = {incompressible("attachment", 30_000), event()};
            assertThat(scene.zipped(items).status()).isEqualTo(200);
            WireResponse second = scene.zipped(items);

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.header("x-sentry-rate-limits")).isEqualTo("45:error:project:project_quota");
            assertThat(scene.kept()).hasSize(1);
        }
    }

    @Test
    void attachmentsBehindTheWindowAreCounted() {
        try (var scene = LimitedScene.with(quota(30_000, ATTACHMENT))) {
            String[] items = {item("event", "", "\"%s\"".formatted("x".repeat(10_000))), attachment(20_000)};
            assertThat(scene.zipped(items).status()).isEqualTo(200);
            assertThat(scene.mark()).isEmpty();
            assertThat(scene.zipped(items).status()).isEqualTo(200);
            assertThat(scene.mark()).containsExactly(ATTACHMENT);
        }
    }

    @Test
    void aSessionBehindTheWindowIsNotLostWithItsEvent() {
        try (var scene = LimitedScene.with(quota(0, ERROR))) {
            String large = item("event", "", "\"%s\"".formatted("x".repeat(20_000)));

            assertThat(scene.zipped(large).status()).isEqualTo(429);
            assertThat(scene.zipped(large, SESSION_ITEM).status()).isEqualTo(200);
            assertThat(scene.mark()).containsExactly(ERROR);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLongHeaderHidesNoItems(boolean zipped) {
        try (var scene = LimitedScene.with(quota(1, ERROR))) {
            String body = LONG_HEADER + event();
            assertThat(sendTo(scene, body, zipped).status()).isEqualTo(200);
            assertThat(sendTo(scene, body, zipped).status()).isEqualTo(429);
            assertThat(sendTo(scene, LONG_HEADER + event() + SESSION_ITEM, zipped)
                            .status())
                    .isEqualTo(200);
            assertThat(scene.mark()).containsExactly(ERROR);
            assertThat(sendTo(scene, LONG_HEADER + SESSION_ITEM, zipped).header("x-sentry-rate-limits"))
                    .isNotNull();
            assertThat(scene.mark()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHeaderThatEndsAtTheEndOfTheWindowHidesNoItems(boolean zipped) {
        try (var scene = LimitedScene.with(quota(1, ERROR))) {
            String body = "{\"trace\":\"%s\"}\n".formatted("r".repeat(8_150)) + event();

            assertThat(sendTo(scene, body, zipped).status()).isEqualTo(200);
            assertThat(sendTo(scene, body, zipped).status()).isEqualTo(429);
        }
    }

    @Test
    void manyItemsHideNoFurtherItems() {
        try (var scene = LimitedScene.with(quota(1, ERROR))) {
            String body = "{}\n" + CLIENT_REPORT.repeat(150) + event();

            assertThat(sendTo(scene, body, false).status()).isEqualTo(200);
            assertThat(scene.mark()).isEmpty();
            assertThat(sendTo(scene, body, false).status()).isEqualTo(200);
            assertThat(scene.mark()).containsExactly(ERROR);
        }
    }

    @Test
    void aBodyThatCannotBePreviewedCountsAsAnErrorAndIsKeptWithAMark() {
        try (var scene = LimitedScene.with(quota(1, ERROR))) {
            String body = "{}\n" + item("replay_recording", "", "0".repeat(5_000_000)) + SESSION_ITEM;

            assertThat(sendTo(scene, body, true).status()).isEqualTo(200);
            assertThat(scene.mark()).isEmpty();
            assertThat(sendTo(scene, body, true).status()).isEqualTo(200);
            assertThat(scene.mark()).containsExactly(ERROR);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/42/store/, application/json",
        "/api/42/security/, application/csp-report",
        "/api/42/events/9ec79c33ec9942ab8353589fcb2e04dc/attachments/, multipart/form-data; boundary=x",
        "/api/42/integration/otlp/v1/traces, application/json",
        "/api/42/integration/otlp/v1/logs, application/json"
    })
    void otherRoutesAreLimitedAsWell(String path, String type) {
        try (var scene = LimitedScene.with(
                quota(1, ERROR), quota(1, SECURITY), quota(1, ATTACHMENT_ITEM), quota(1, SPAN), quota(1, LOG_ITEM))) {
            String target = path + "?sentry_key=" + KEY;
            assertThat(scene.post(target, "Content-Type: " + type, "{}").status())
                    .isBetween(200, 201);
            WireResponse second = scene.post(target, "Content-Type: " + type, "{}");

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.headers()).containsKeys("retry-after", "x-sentry-rate-limits");
            assertThat(scene.kept()).hasSize(1);
        }
    }

    @Test
    void thePixelIsLimitedToo() {
        try (var scene = LimitedScene.with(quota(1, ERROR))) {
            String target = "/api/42/store/?sentry_key=%s&sentry_data=%%7B%%7D".formatted(KEY);
            assertThat(statuses(
                            scene.say("GET", target, "X: x", new byte[0]),
                            scene.say("GET", target, "X: x", new byte[0])))
                    .containsExactly(200, 429);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/events | {\"project_key\":\"shop\",\"message\":\"m\"}",
                "/api/v1/events/ingest/shop | {\"message\":\"m\"}",
                "/api/events/ingest/token/e12d836b15bb49d7bbf99e64295d995b/ | {\"message\":\"m\"}",
                "/api/sessions/ingest/token/e12d836b15bb49d7bbf99e64295d995b/ |"
                        + "{\"session_id\":\"s\",\"status\":\"ok\",\"release\":\"1\"}"
            })
    void ourOwnDoorsAreLimitedInTheirOwnShape(String path, String body) {
        try (var scene = LimitedScene.with(quota(1, ERROR), quota(1, SESSION))) {
            assertThat(scene.post(path, "Content-Type: application/json", body).status())
                    .isEqualTo(200);
            WireResponse second = scene.post(path, "Content-Type: application/json", body);

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.headers()).containsEntry("retry-after", "45").containsKey("x-sentry-rate-limits");
            assertThat(second.json().get("error").asString()).isEqualTo("rate_limited");
            assertThat(second.json().get("status_code").asInt()).isEqualTo(429);
            assertThat(second.json().get("message").asString()).contains("45 seconds");
            assertThat(second.json().get("details").isObject()).isTrue();
        }
    }

    @Test
    void projectsWithoutLimitsHaveTheOneThatTheGatewayIsSetTo() {
        try (var scene = LimitedScene.byDefault("3")) {
            assertThat(statuses(
                            scene.envelope(event()),
                            scene.post("/api/42/store/?sentry_key=" + KEY, "X: x", "{}"),
                            scene.post(
                                    "/api/42/security/?sentry_key=" + KEY,
                                    "Content-Type: application/csp-report",
                                    "{}"),
                            scene.envelope(event())))
                    .containsExactly(200, 200, 200, 429);
            assertThat(scene.envelope(event()).header("x-sentry-rate-limits"))
                    .isEqualTo("45:default;error;security:project:project_quota");
            assertThat(scene.envelope(item("transaction", "", "{}")).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "0, 0", "-1, 130", "unlimited, 130"})
    void theDefaultLimitSettingIsApplied(String setting, int expected) {
        try (var scene = LimitedScene.byDefault(setting)) {
            for (int i = 0; i < 130; i++) {
                scene.envelope(event());
            }

            assertThat(scene.kept()).hasSize(expected);
        }
    }

    @Test
    void whatCouldNotBeKeptIsNotCounted() {
        try (var scene = LimitedScene.with(quota(2, ERROR), quota(100, ATTACHMENT))) {
            scene.keepNothing();
            for (int i = 0; i < 5; i++) {
                WireResponse response = scene.envelope(event(), attachment(90));
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.headers()).doesNotContainKey("x-sentry-rate-limits");
            }
            scene.keepAgain();

            assertThat(scene.envelope(event(), attachment(90)).status()).isEqualTo(200);
            assertThat(scene.mark()).isEmpty();
            assertThat(statuses(scene.envelope(event()), scene.envelope(event())))
                    .containsExactly(200, 429);
        }
    }

    @Test
    void limitedItemsOfAnEnvelopeThatCouldNotBeKeptAreNotRefundedTwice() {
        try (var scene = LimitedScene.with(quota(1, ERROR), quota(2, SESSION))) {
            scene.envelope(event());
            scene.keepNothing();
            scene.envelope(event(), SESSION_ITEM);
            scene.keepAgain();

            assertThat(statuses(
                            scene.envelope(event()),
                            scene.envelope(SESSION_ITEM),
                            scene.envelope(SESSION_ITEM),
                            scene.envelope(SESSION_ITEM)))
                    .containsExactly(429, 200, 200, 429);
        }
    }

    private static WireResponse sendTo(LimitedScene scene, String body, boolean zipped) {
        String target = "/api/42/envelope/?sentry_key=" + KEY;
        return zipped ? scene.post(target, "Content-Encoding: gzip", gzip(body)) : scene.post(target, "X: x", body);
    }

    @Test
    void anEnvelopeOfNothingIsKeptWhateverIsLimited() {
        try (var scene = LimitedScene.with(quota(0))) {
            assertThat(scene.post("/api/42/envelope/?sentry_key=" + KEY, "X: x", framed())
                            .status())
                    .isEqualTo(200);
        }
    }
}
