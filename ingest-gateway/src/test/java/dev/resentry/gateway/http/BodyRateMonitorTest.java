package dev.resentry.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for slow bodies, with a clock that the test controls. The gateway checks twice a second. */
class BodyRateMonitorTest {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration CONTENDED_PATIENCE = Duration.ofSeconds(2);

    private final BodyRateMonitor pace = new BodyRateMonitor(PATIENCE, 512, CONTENDED_PATIENCE);
    // Any number may be the first, one that overflows included.
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    private boolean tooSlow;
    private boolean hinders;

    @BeforeEach
    void begin() {
        pace.begin(now);
    }

    @Test
    void aBodyWithoutBytesTimesOutAfterThePatience() {
        pass(PATIENCE, 0);
        assertThat(tooSlow).isFalse();

        pass(LOOK, 0);
        assertThat(tooSlow).isTrue();
    }

    @Test
    void aBodyAtTheMinimumRateNeverTimesOut() {
        pass(Duration.ofHours(2), 512);

        assertThat(tooSlow).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 100, 508})
    void aBodyBelowTheMinimumRateTimesOut(int bytesPerSecond) {
        pass(PATIENCE, bytesPerSecond);
        assertThat(tooSlow).as("within the time that the rate is an average of").isFalse();

        pass(LOOK, bytesPerSecond);
        assertThat(tooSlow).isTrue();
    }

    @Test
    void aFastBeginningDoesNotExcuseASlowRest() {
        pace.received(15 * MIB, now);
        pass(PATIENCE.multipliedBy(2), 100);
        pass(PATIENCE, 100);

        assertThat(tooSlow).isTrue();
    }

    @Test
    void aPauseShorterThanThePatienceIsTolerated() {
        pass(Duration.ofSeconds(3), 100 * KIB);
        pass(Duration.ofSeconds(14), 0);
        pass(Duration.ofSeconds(3), 100 * KIB);

        assertThat(tooSlow).isFalse();
    }

    @Test
    void timeSpentWaitingForMemoryDoesNotCount() {
        pass(Duration.ofSeconds(14), 512);
        pace.pause(now);
        now += Duration.ofMinutes(1).toNanos();
        pace.resume(now);

        inspect();
        assertThat(tooSlow).as("right after").isFalse();
        pass(PATIENCE, 512);
        assertThat(tooSlow).as("at the same pace as before").isFalse();
        pass(PATIENCE.plus(LOOK), 0);
        assertThat(tooSlow).as("when nothing comes any more").isTrue();
    }

    @Test
    void aSlowBodyTimesOutAlthoughItWaitedForMemory() {
        pass(Duration.ofSeconds(14), 100);
        pace.pause(now);
        now += Duration.ofMinutes(1).toNanos();
        pace.resume(now);
        pass(Duration.ofSeconds(2), 100);

        assertThat(tooSlow).isTrue();
    }

    @Test
    void aLargeSlowBodyBlocksOthers() {
        pass(CONTENDED_PATIENCE, 63 * KIB);
        assertThat(hinders).isFalse();

        pass(LOOK, 63 * KIB);
        assertThat(hinders).isTrue();
        assertThat(tooSlow).as("if there were nobody else").isFalse();
    }

    @Test
    void aLargeFastBodyDoesNotBlockOthers() {
        pass(Duration.ofMinutes(5), 64 * KIB);

        assertThat(hinders).isFalse();
    }

    @Test
    void aLargeBodyThatBecomesSlowBlocksOthers() {
        pass(Duration.ofSeconds(1), 15 * MIB);
        pass(CONTENDED_PATIENCE.multipliedBy(3), KIB);

        assertThat(hinders).isTrue();
    }

    @Test
    void aLargeStalledBodyBlocksOthersSoon() {
        pass(LOOK, 15 * MIB);
        pass(CONTENDED_PATIENCE, 0);
        assertThat(hinders).isFalse();

        pass(LOOK, 0);
        assertThat(hinders).isTrue();
    }

    @Test
    void aBodyThatWaitsForMemoryDoesNotBlockOthers() {
        pass(Duration.ofSeconds(1), 100 * KIB);
        pace.pause(now);
        now += Duration.ofMinutes(1).toNanos();
        pace.resume(now);
        pass(CONTENDED_PATIENCE, 100 * KIB);

        assertThat(hinders).isFalse();
    }

    @Test
    void aSmallBodyDoesNotBlockOthers() {
        now += Duration.ofSeconds(10).toNanos();

        assertThat(pace.hindersOthers(MIB, now)).isFalse();
        assertThat(pace.hindersOthers(MIB + 1, now)).isTrue();
    }

    @Test
    void theRateOfTheNextBodyIsMeasuredAnew() {
        pass(PATIENCE.plus(LOOK), 0);
        assertThat(tooSlow).isTrue();

        pace.begin(now);
        tooSlow = false;

        pass(PATIENCE, 2);
        assertThat(tooSlow).isFalse();
        assertThat(pace.hindersOthers(2 * MIB, now)).isTrue();
    }

    /** Time passes in which so many bytes a second come, evenly, and the gateway looks. */
    private void pass(Duration time, int bytesPerSecond) {
        for (long end = now + time.toNanos(); end - now > 0; ) {
            now += LOOK.toNanos();
            if (bytesPerSecond > 0) {
                pace.received(bytesPerSecond / 2, now);
            }
            inspect();
        }
    }

    private void inspect() {
        tooSlow |= pace.isTooSlow(now);
        hinders |= pace.hindersOthers(20 * MIB, now);
    }
}
