package dev.resentry.storage.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a row of checks makes of a state. */
class UptimeProgressTest {
    private static final Instant MADE = Instant.parse("2026-11-18T10:00:00Z");
    private static final UptimeProgress NEW = new UptimeProgress(UptimeState.UNKNOWN, MADE, 0, null);

    @Test
    void oneFailureIsNoOutageIfTwoAreNeeded() {
        UptimeProgress up = NEW.after(true, at(1), 2);
        UptimeProgress failed = up.after(false, at(2), 2);
        UptimeProgress again = failed.after(true, at(3), 2);

        assertThat(failed).isEqualTo(new UptimeProgress(UptimeState.UP, at(1), 1, at(2)));
        assertThat(again).isEqualTo(new UptimeProgress(UptimeState.UP, at(1), 0, null));
    }

    @Test
    void anOutageBeginsOnceAndEndsWithTheFirstCheckThatGoesWell() {
        UptimeProgress down = NEW.after(false, at(1), 2).after(false, at(2), 2);
        UptimeProgress still = down.after(false, at(3), 2);
        UptimeProgress up = still.after(true, at(4), 2);

        assertThat(down).isEqualTo(new UptimeProgress(UptimeState.DOWN, at(2), 2, at(1)));
        assertThat(still).isEqualTo(new UptimeProgress(UptimeState.DOWN, at(2), 3, at(1)));
        assertThat(up).isEqualTo(new UptimeProgress(UptimeState.UP, at(4), 0, null));
    }

    private static Instant at(int minute) {
        return MADE.plusSeconds(60L * minute);
    }
}
