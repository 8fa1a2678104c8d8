package dev.resentry.processing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.session.SessionHealth;
import dev.resentry.processing.normalize.SenderClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What is read of sessions, by the rules of the ingest protocol, section 6. */
class SessionReaderTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00Z");
    private static final SenderClock CLOCK = new SenderClock(RECEIVED, RECEIVED);
    private static final String STARTED = "\"started\":\"2026-11-21T11:59:30.5Z\"";
    private static final String ATTRIBUTES = "\"attrs\":{\"release\":\"shop@1.0\",\"environment\":\"prod\"}";

    @Test
    void anUpdateSaysWhereItCountsAndHowItsSessionGoes() {
        SessionUpdate update = update("""
                {"sid":"EECD25C1-07F3-4B46-AB1F-03F7976B66FF","did":"42","init":true,"status":"exited","errors":2,"duration":61.5,
                 "timestamp":"2026-11-21T12:00:00Z",%s,%s}
                """.formatted(STARTED, ATTRIBUTES));

        assertThat(update)
                .isEqualTo(new SessionUpdate(
                        new SessionPlace("shop@1.0", "prod", Instant.parse("2026-11-21T11:59:30.5Z")),
                        "eecd25c107f34b46ab1f03f7976b66ff",
                        true,
                        SessionHealth.ERRORED,
                        "42",
                        Duration.ofMillis(61_500)));
    }

    @Test
    void whatIsMissingHasItsDefault() {
        SessionUpdate update = update("{%s,\"attrs\":{\"release\":\"1.0\"}}".formatted(STARTED));

        assertThat(update.sessionId()).isEqualTo("made up");
        assertThat(update.starts()).isFalse();
        assertThat(update.health().wireName()).isEqualTo("healthy");
        assertThat(update.place().environment()).isNull();
        assertThat(update.user()).isNull();
        assertThat(update.duration()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "ok,        0, healthy",
        "ok,        1, errored",
        "exited,    0, healthy",
        "exited,    3, errored",
        "errored,   0, errored",
        "unhandled, 1, unhandled",
        "abnormal,  0, abnormal",
        "crashed,   0, crashed",
        "melted,    0, errored",
    })
    void theStatusAndTheErrorsSayHowItGoes(String status, int errors, String health) {
        assertThat(update("{%s,%s,\"status\":\"%s\",\"errors\":%d}".formatted(STARTED, ATTRIBUTES, status, errors))
                        .health()
                        .wireName())
                .isEqualTo(health);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'attrs':{'release':'1.0'}}                                             | invalid_item | started: missing",
                "{'started':'yesterday','attrs':{'release':'1.0'}}                       | invalid_item | started: \"yesterday\"",
                "{'started':'2026-11-21T11:59:30Z'}                                      | invalid_item | attrs.release: missing",
                "{'started':'2026-11-21T11:59:30Z','attrs':{'release':'latest'}}         | invalid_item | attrs.release: \"latest\"",
                "{'started':'2026-11-21T11:59:30Z','attrs':{'release':'a/b'}}            | invalid_item | attrs.release: \"a/b\"",
                "{'started':'2026-11-21T11:59:30Z','attrs':{'release':'1'},'errors':-1}  | invalid_item | errors: -1",
                "{'started':'2026-11-16T11:59:59Z','attrs':{'release':'1.0'}}            | expired      | started: 2026-11-16T11:59:59Z",
                "{'started':'2026-11-21T12:01:01Z','attrs':{'release':'1.0'}}            | invalid_item | started: \"2026-11-21T12:01:01Z\"",
                "{'started':'2026-11-21T11:00:00Z','timestamp':'2026-11-21T12:01:01Z','attrs':{'release':'1.0'}} | invalid_item | timestamp:",
            })
    void whatCannotCountIsDroppedAndSaysWhy(String json, String reason, String cause) {
        SessionReading<SessionUpdate> reading = SessionReader.update(object(json.replace('\'', '"')), CLOCK, "made up");

        assertThat(reading).isInstanceOfSatisfying(SessionReading.Dropped.class, dropped -> {
            assertThat(dropped.reason()).isEqualTo(DropReason.of(reason));
            assertThat(dropped.cause()).startsWith(cause.strip());
        });
    }

    @Test
    void fiveDaysAndAMinuteAheadStillCount() {
        assertThat(update("{\"started\":\"2026-11-16T12:00:00Z\",%s}".formatted(ATTRIBUTES)))
                .isNotNull();
        assertThat(update("{\"started\":\"2026-11-21T12:01:00Z\",%s}".formatted(ATTRIBUTES)))
                .isNotNull();
    }

    @Test
    void aTimestampInFrontOfTheStartIsThatOfTheStart() {
        assertThat(update("{\"timestamp\":\"2026-11-01T00:00:00Z\",%s,%s}".formatted(STARTED, ATTRIBUTES))
                        .place()
                        .startedAt())
                .isEqualTo("2026-11-21T11:59:30.5Z");
    }

    @Test
    void aClockThatGoesWrongIsCorrected() {
        var slow = new SenderClock(RECEIVED, RECEIVED.minus(Duration.ofDays(30)));

        SessionReading<SessionUpdate> reading = SessionReader.update(
                object("{\"started\":\"2026-10-22T11:59:30Z\",%s}".formatted(ATTRIBUTES)), slow, "made up");

        assertThat(reading)
                .isInstanceOfSatisfying(
                        SessionReading.Read.class,
                        read -> assertThat(read.value())
                                .isInstanceOfSatisfying(
                                        SessionUpdate.class,
                                        update -> assertThat(update.place().startedAt())
                                                .isEqualTo("2026-11-21T11:59:30Z")));
    }

    @Test
    void aBadEnvironmentAndAUserOfZerosAreLeftOut() {
        SessionUpdate update = update(
                "{%s,\"did\":\"00000000-0000-0000-0000-000000000000\",\"attrs\":{\"release\":\"1.0\",\"environment\":\"a/b\"}}"
                        .formatted(STARTED));

        assertThat(update.place().environment()).isNull();
        assertThat(update.user()).isNull();
    }

    @Test
    void bucketsCountAloneAndOneThatIsTooOldGoesAlone() {
        assertThat(buckets("""
                {"aggregates":[{%1$s,"exited":10,"errored":3,"crashed":1},
                               {%1$s,"did":"7","abnormal":2,"unhandled":1},
                               {"started":"2026-11-01T00:00:00Z","exited":5}],%2$s}
                """.formatted(STARTED, ATTRIBUTES)))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.sessions()).isEqualTo(14);
                            assertThat(first.bad()).isEqualTo(4);
                            assertThat(first.crashed()).isEqualTo(1);
                        },
                        second -> {
                            assertThat(second.sessions()).isEqualTo(3);
                            assertThat(second.user()).isEqualTo("7");
                        });
    }

    @Test
    void whereNoBucketCountsTheItemSaysWhy() {
        SessionReading<List<SessionBucket>> reading = SessionReader.buckets(
                object("{\"aggregates\":[{\"started\":\"2026-11-01T00:00:00Z\",\"exited\":5}],%s}"
                        .formatted(ATTRIBUTES)),
                CLOCK);

        assertThat(reading).isInstanceOfSatisfying(SessionReading.Dropped.class, dropped -> {
            assertThat(dropped.reason()).isEqualTo(DropReason.EXPIRED);
            assertThat(dropped.cause()).startsWith("aggregates[0].started: 2026-11-01T00:00:00Z is more than 5 days");
        });
    }

    private static SessionUpdate update(String json) {
        return ((SessionReading.Read<SessionUpdate>) SessionReader.update(object(json), CLOCK, "made up")).value();
    }

    private static List<SessionBucket> buckets(String json) {
        return ((SessionReading.Read<List<SessionBucket>>) SessionReader.buckets(object(json), CLOCK)).value();
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) UntrustedJson.STRICT.tree(json);
    }
}
