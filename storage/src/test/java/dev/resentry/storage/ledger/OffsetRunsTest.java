package dev.resentry.storage.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.storage.ledger.OffsetRuns.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetRunsTest {

    @Test
    void neighboursWithOneFateAreOneRun() {
        var runs = new OffsetRuns(List.of(new Run(0, 5, EnvelopeFate.STORED)));

        runs.assign(6, EnvelopeFate.STORED);
        runs.assign(5, EnvelopeFate.STORED);
        runs.assign(7, EnvelopeFate.DEAD);

        assertThat(runs.toList()).containsExactly(new Run(0, 7, EnvelopeFate.STORED), new Run(7, 8, EnvelopeFate.DEAD));
        assertThat(runs.firstOpen(0)).isEqualTo(8);
    }

    @Test
    void anOffsetKeepsTheFateItHasUnlessItWasTakenForLost() {
        var runs = new OffsetRuns(List.of(new Run(0, 3, EnvelopeFate.STORED), new Run(3, 6, EnvelopeFate.LOST)));

        assertThat(runs.assign(1, EnvelopeFate.DUPLICATE)).isFalse();
        assertThat(runs.assign(4, EnvelopeFate.STORED)).isTrue();

        assertThat(runs.toList())
                .containsExactly(
                        new Run(0, 3, EnvelopeFate.STORED),
                        new Run(3, 4, EnvelopeFate.LOST),
                        new Run(4, 5, EnvelopeFate.STORED),
                        new Run(5, 6, EnvelopeFate.LOST));
    }

    @Test
    void aRetriedDeadLetterIsTakenOutOfItsRun() {
        var runs = new OffsetRuns(List.of(new Run(0, 3, EnvelopeFate.DEAD)));

        runs.change(1, EnvelopeFate.STORED);
        runs.change(2, EnvelopeFate.STORED);
        runs.change(9, EnvelopeFate.STORED);

        assertThat(runs.toList()).containsExactly(new Run(0, 1, EnvelopeFate.DEAD), new Run(1, 3, EnvelopeFate.STORED));
    }

    @Test
    void onlyWhatHasNoFateIsLost() {
        var runs = new OffsetRuns(List.of(new Run(2, 4, EnvelopeFate.STORED)));

        assertThat(runs.fill(0, 6, EnvelopeFate.LOST)).isEqualTo(4);

        assertThat(runs.toList())
                .containsExactly(
                        new Run(0, 2, EnvelopeFate.LOST),
                        new Run(2, 4, EnvelopeFate.STORED),
                        new Run(4, 6, EnvelopeFate.LOST));
    }

    @Test
    void runsSayOfEachOffsetWhatAMapOfOffsetsSays() {
        var random = new Random(7);
        var runs = new OffsetRuns(List.of());
        Map<Long, EnvelopeFate> expected = new HashMap<>();
        List<EnvelopeFate> fates = List.of(EnvelopeFate.STORED, EnvelopeFate.DUPLICATE, EnvelopeFate.DEAD);
        for (int i = 0; i < 5_000; i++) {
            long offset = random.nextInt(500);
            EnvelopeFate fate = fates.get(random.nextInt(fates.size()));
            if (random.nextInt(5) == 0) {
                runs.change(offset, fate);
                expected.replace(offset, fate);
            } else {
                runs.assign(offset, fate);
                expected.putIfAbsent(offset, fate);
            }
        }

        Map<Long, EnvelopeFate> actual = new HashMap<>();
        List<Run> list = new ArrayList<>(runs.toList());
        for (Run run : list) {
            for (long offset = run.first(); offset < run.end(); offset++) {
                assertThat(actual.put(offset, run.fate())).isNull();
            }
        }
        assertThat(actual).isEqualTo(expected);
    }
}
