package dev.resentry.processing.spike;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpikeIncidentTest {
    private static final SpikeBaseline TEN = new SpikeBaseline(10, false);
    private static final SpikeIncident OPEN = new SpikeIncident(at(10), at(12), 80, 40);

    @Test
    void theThresholdItselfIsNoSpikeAndOneEventMoreIs() {
        assertThat(SpikeIncident.ofProject(minutes(3, 30), TEN)).isEmpty();
        assertThat(SpikeIncident.ofProject(minutes(3, 31), TEN)).contains(new SpikeIncident(at(3), at(3), 31, 30));
    }

    @Test
    void itStartsWithTheFirstLoudMinuteAndKnowsTheLoudest() {
        assertThat(SpikeIncident.ofProject(minutes(1, 25, 2, 31, 3, 90, 4, 25, 5, 2), TEN))
                .contains(new SpikeIncident(at(2), at(4), 90, 30));
    }

    @ParameterizedTest(name = "{0} events a minute keep a spike above 40 going: {1}")
    @CsvSource({"29, false", "30, true", "40, true", "41, true"})
    void itGoesOnWithThreeQuartersOfTheThreshold(long events, boolean goesOn) {
        assertThat(OPEN.afterMinutes(minutes(14, events)).lastAt()).isEqualTo(goesOn ? at(14) : at(12));
    }

    @Test
    void minutesThatItKnowsChangeNothing() {
        assertThat(OPEN.afterMinutes(minutes(11, 80, 12, 60, 13, 0))).isEqualTo(OPEN);
    }

    @Test
    void minutesBeforeItsStartAreNoneOfIt() {
        assertThat(OPEN.afterMinutes(minutes(9, 500))).isEqualTo(OPEN);
    }

    @Test
    void itIsOverAfterFifteenQuietMinutes() {
        assertThat(OPEN.isOver(at(28).minusNanos(1))).isFalse();
        assertThat(OPEN.isOver(at(28))).isTrue();
    }

    @Test
    void itIsOverAfterADayHoweverLoudItIs() {
        Instant later = at(12).plus(SpikeIncident.LONGEST);
        var loud = new SpikeIncident(at(12), later.minusSeconds(60), 60, 40);

        assertThat(loud.isOver(later.minusNanos(1))).isFalse();
        assertThat(loud.isOver(later)).isTrue();
    }

    @Test
    void anIssueSpikesWithTheThreshold() {
        assertThat(SpikeIncident.ofIssue(99, 100, at(7))).isEmpty();
        assertThat(SpikeIncident.ofIssue(100, 100, at(7).plusSeconds(30)))
                .contains(new SpikeIncident(at(7), at(7), 100, 100));
    }

    @ParameterizedTest(name = "{0} events after {1} minutes of an hour: {2}")
    @CsvSource({"24, 1, false", "25, 1, true", "25, 15, true", "49, 30, false", "50, 30, true", "99, 59, true"})
    void anIssueGoesOnWhileItKeepsPaceWithItsThreshold(long events, int minute, boolean goesOn) {
        var open = new SpikeIncident(at(-20), at(-5), 120, 100);

        assertThat(open.afterHour(events, at(minute)).lastAt()).isEqualTo(goesOn ? at(minute) : at(-5));
        assertThat(open.afterHour(events, at(minute)).peak()).isEqualTo(120);
    }

    private static Instant at(int minute) {
        return Instant.parse("2026-11-02T10:00:00Z").plusSeconds(60L * minute);
    }

    private static SortedMap<Instant, Long> minutes(long... minutesAndEvents) {
        SortedMap<Instant, Long> minutes = new TreeMap<>();
        for (int i = 0; i < minutesAndEvents.length; i += 2) {
            minutes.put(at((int) minutesAndEvents[i]), minutesAndEvents[i + 1]);
        }
        return minutes;
    }
}
