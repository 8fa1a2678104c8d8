package dev.resentry.processing.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.cron.CheckInStatus;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CheckInReaderTest {

    @Test
    void readsAllThatACheckInSays() {
        CheckIn checkIn = read("""
                {"check_in_id": "a7b0d3a0-5c1e-4a0a-9d0b-3c1f6f7f8a11", "monitor_slug": "nightly", "status": "ok", "duration": 1.5,
                 "environment": "staging", "release": "shop@1.0", "contexts": {"trace": {"trace_id": "8f431b7aa08441bbbd5a0100fd91f9cb"}},
                 "monitor_config": {"schedule": {"type": "crontab", "value": "0 4 * * *"}, "checkin_margin": 5, "max_runtime": 60,
                                    "failure_issue_threshold": 2, "recovery_threshold": 3, "timezone": "Europe/Berlin", "owner": "team:x"}}
                """);

        assertThat(checkIn.slug()).isEqualTo("nightly");
        assertThat(checkIn.id()).isEqualTo(UUID.fromString("a7b0d3a0-5c1e-4a0a-9d0b-3c1f6f7f8a11"));
        assertThat(checkIn.status()).isEqualTo(CheckInStatus.OK);
        assertThat(checkIn.durationMs()).isEqualTo(1_500);
        assertThat(checkIn.environment()).isEqualTo("staging");
        assertThat(checkIn.release()).isEqualTo("shop@1.0");
        assertThat(checkIn.traceId()).isNotNull();
        assertThat(checkIn.problem()).isNull();
        CheckInConfig config = checkIn.config();
        assertThat(config).isNotNull();
        assertThat(config.schedule().text()).isEqualTo("0 4 * * *");
        assertThat(config.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(config.marginMinutes()).isEqualTo(5);
        assertThat(config.maxRuntimeMinutes()).isEqualTo(60);
        assertThat(config.failureThreshold()).isEqualTo(2);
        assertThat(config.recoveryThreshold()).isEqualTo(3);
        assertThat(config.owner()).isEqualTo("team:x");
    }

    @Test
    void fillsInWhatIsNotSaid() {
        CheckIn checkIn = read("""
                {"check_in_id": "00000000000000000000000000000000", "monitor_slug": "%s", "status": "missed"}
                """.formatted("x".repeat(80)));

        assertThat(checkIn.slug()).hasSize(50);
        assertThat(checkIn.id()).as("the latest").isNull();
        assertThat(checkIn.status()).isEqualTo(CheckInStatus.UNKNOWN);
        assertThat(checkIn.environment()).isEqualTo("production");
        assertThat(checkIn.config()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"status": "ok"}                                                        ; monitor_slug: missing
            {"monitor_slug": " ", "status": "ok"}                                   ; monitor_slug: " "
            {"monitor_slug": "a\\u0000b", "status": "ok"}                            ; monitor_slug: "a
            {"monitor_slug": "a"}                                                   ; status: missing
            {"monitor_slug": "a", "status": "ok", "check_in_id": "seven"}           ; check_in_id: "seven" (expected: a UUID)
            {"monitor_slug": "a", "status": "ok", "environment": "a/b"}             ; environment: "a/b"
            """)
    void refusesWhatIsOfNoMonitor(String json, String cause) {
        assertThat(CheckInReader.read((ObjectNode) JsonMapper.shared().readTree(json)))
                .isInstanceOfSatisfying(
                        CheckInReading.Invalid.class,
                        invalid -> assertThat(invalid.cause()).contains(cause));
        assertThat(CheckInReader.read((ObjectNode) JsonMapper.shared().readTree("""
                        {"monitor_slug": "a", "status": "ok", "environment": "%s"}""".formatted("e".repeat(65)))))
                .isInstanceOf(CheckInReading.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {}                                                                                ; monitor_config.schedule.type: missing
            {"schedule": {"type": "crontab", "value": "61 * * * *"}}                          ; monitor_config.schedule: minute '61'
            {"schedule": {"type": "interval", "value": 5, "unit": "second"}}                  ; monitor_config.schedule: unit: 'second'
            {"schedule": {"type": "interval", "value": 1, "unit": "day"}, "timezone": "Mars"} ; monitor_config.timezone: "Mars"
            {"schedule": {"type": "interval", "value": 1, "unit": "day"}, "max_runtime": 0}   ; monitor_config.max_runtime: 0 (expected: 1 to 40320)
            """)
    void keepsACheckInWhoseConfigurationCannotBe(String config, String problem) {
        CheckIn checkIn = read("""
                {"monitor_slug": "a", "status": "ok", "monitor_config": %s}
                """.formatted(config));

        assertThat(checkIn.config()).isNull();
        assertThat(checkIn.problem()).startsWith(problem);
    }

    @Test
    void saysWhatIsWrongInAFewWords() {
        CheckIn checkIn = read("""
                {"monitor_slug": "a", "status": "ok", "monitor_config": {"schedule": {"type": "%s", "value": 1}}}
                """.formatted("x".repeat(2_000)));

        assertThat(checkIn.problem()).hasSize(500).endsWith("x…");
    }

    private static CheckIn read(String json) {
        return switch (CheckInReader.read((ObjectNode) JsonMapper.shared().readTree(json))) {
            case CheckInReading.Read(CheckIn checkIn) -> checkIn;
            case CheckInReading.Invalid(String cause) -> throw new AssertionError(cause);
        };
    }
}
