package dev.resentry.model.issue.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EscalationTest {
    @Test
    void anIssueOfTheWeekMayHappenTenTimesAsOftenAsInItsBusiestHour() {
        assertThat(Escalation.threshold(hours(0, 3), true)).isEqualTo(30);
    }

    @Test
    void aSteadyOneEscalatesAtSixTimesItsMean() {
        // Mean 10, no deviation: 10 + 10 × 5 above the mean, 10 × 5 above the busiest hour.
        assertThat(Escalation.threshold(hours(10, 10), false)).isEqualTo(60);
    }

    @Test
    void theSameWeekdayCountsTwice() {
        long[] busyThatDay = hours(1_000, 1_000);
        Arrays.fill(busyThatDay, 0, 24, 1_200);
        long[] busyTheDayAfter = hours(1_000, 1_000);
        Arrays.fill(busyTheDayAfter, 24, 48, 1_200);

        assertThat(Escalation.threshold(busyThatDay, false))
                .isGreaterThan(Escalation.threshold(busyTheDayAfter, false));
    }

    @Test
    void oneThatVariesMuchHasToPassTwiceItsBusiestHour() {
        assertThat(Escalation.threshold(hours(0, 1_000), false)).isEqualTo(2_000);
    }

    @Test
    void aFewEventsAreNoEscalation() {
        assertThat(Escalation.threshold(new long[Escalation.HOURS], false)).isEqualTo(Escalation.LEAST);
        assertThat(Escalation.threshold(new long[Escalation.HOURS], true)).isEqualTo(Escalation.LEAST);
    }

    @Test
    void aNewIssueEscalatesBeyondWhatIsUsualInItsProject() {
        assertThat(Escalation.isUnusual(21, 20)).isTrue();
        assertThat(Escalation.isUnusual(20, 20)).isFalse();
        assertThat(Escalation.isUnusual(Escalation.LEAST, 1)).isTrue();
        assertThat(Escalation.isUnusual(Escalation.LEAST - 1, 1)).isFalse();
    }

    /** Every hour but the last. */
    private static long[] hours(long each, long last) {
        long[] hours = new long[Escalation.HOURS];
        Arrays.fill(hours, each);
        hours[Escalation.HOURS - 1] = last;
        return hours;
    }
}
