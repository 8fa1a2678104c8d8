package dev.resentry.processing.spike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpikeBaselineTest {

    @ParameterizedTest(name = "{0} a minute yesterday, {1} an hour before: usual {2}, threshold {3}")
    @CsvSource({
        "0, 0, 0, 20",
        "1, 60, 1, 20",
        "6, 360, 6, 20",
        "7, 420, 7, 21",
        // Days before are as good as yesterday.
        "0, 6000, 100, 300",
        "100, 0, 100, 300",
        // A part of an event is one.
        "0, 61, 2, 20",
        "0, 541, 10, 30",
    })
    void aSpikeIsThreeTimesWhatIsUsualAndAtLeastTheFloor(long yesterday, long earlier, long usual, long threshold) {
        long[] minutes = new long[60];
        Arrays.fill(minutes, yesterday);
        long[] hours = new long[6];
        Arrays.fill(hours, earlier);

        var baseline = SpikeBaseline.of(minutes, hours);

        assertThat(baseline).isEqualTo(new SpikeBaseline(usual, false));
        assertThat(baseline.threshold()).isEqualTo(threshold);
    }

    @Test
    void fourMinutesOfAWeekMayBeAboveWhatIsUsual() {
        long[] minutes = new long[60];
        Arrays.fill(minutes, 8);
        Arrays.fill(minutes, 0, 4, 5_000);

        assertThat(SpikeBaseline.of(minutes, new long[6]).usual()).isEqualTo(8);

        minutes[4] = 5_000;
        assertThat(SpikeBaseline.of(minutes, new long[6]).usual()).isEqualTo(5_000);
    }

    @Test
    void aProjectOfOneDayHasOnlyThat() {
        long[] minutes = new long[60];
        Arrays.fill(minutes, 50);

        assertThat(SpikeBaseline.of(minutes, new long[0]).threshold()).isEqualTo(150);
    }

    @Test
    void ofAYoungProjectNothingIsUsual() {
        assertThat(SpikeBaseline.ofYoungProject().isShort()).isTrue();
        assertThat(SpikeBaseline.ofYoungProject().threshold()).isEqualTo(SpikeBaseline.FLOOR);
    }

    @Test
    void anHourHasSixtyMinutes() {
        assertThatThrownBy(() -> SpikeBaseline.of(new long[59], new long[0])).hasMessage("59 minutes (expected: 60)");
    }
}
