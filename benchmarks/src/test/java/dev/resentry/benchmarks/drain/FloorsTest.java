package dev.resentry.benchmarks.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What is made of what was measured. */
class FloorsTest {
    @Test
    void floorsAreAddedUpForTenThousandEnvelopes() {
        Floors floors = Floors.of(
                25e-6,
                new CopyFloor.Measured(30_000, 1_000_000, 2, 0.8),
                10_000,
                new BareFloor.Measured(40_000, 60_000, 20e-6, 15e-6, 10e-6));

        assertThat(floors.parse()).isEqualTo(0.25, within(1e-9));
        assertThat(floors.copy()).isEqualTo(0.8, within(1e-9));
        assertThat(floors.cpu()).isEqualTo(0.25 + 0.8 + 0.2 + 0.15 + 0.1, within(1e-9));
        assertThat(floors.copyPerSecond()).isEqualTo(5_000, within(1e-9));
        assertThat(floors.acceptedPerSecond()).isEqualTo(24_000, within(1e-6));
        // 1.5 CPU-seconds for 10,000, two of them in each second.
        assertThat(floors.storedPerSecond(2)).isEqualTo(13_333, within(1.0));
    }

    @Test
    void nothingIsCalledStoredOfWhichTheLedgerDoesNotSaySo() {
        Balance before = balance(100, 90, 10, 0);

        assertThat(balance(150, 140, 10, 0).since(before).isAllStored(50)).isTrue();
        assertThat(balance(150, 139, 10, 1).since(before).isAllStored(50)).isFalse();
        assertThat(balance(150, 139, 11, 0).since(before).isAllStored(50)).isFalse();
        assertThat(balance(149, 139, 10, 0).since(before).isAllStored(50)).isFalse();
    }

    private static Balance balance(long accepted, long stored, long dropped, long inFlight) {
        return Balance.of(JsonMapper.shared().readTree("""
                {"envelopes": {"accepted": %d, "stored": %d, "dropped": %d, "in_flight": %d, "difference": 0},
                 "items": {"found": %2$d, "stored": %2$d, "difference": 0}}
                """.formatted(accepted, stored, dropped, inFlight)));
    }
}
