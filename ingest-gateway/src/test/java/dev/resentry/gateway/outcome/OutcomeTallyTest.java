package dev.resentry.gateway.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.outcome.OutcomeTally.Entry;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.project.ProjectId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomeTallyTest {

    @Test
    void losesNothingAndCountsNothingTwiceWhileItIsEmptied() throws Exception {
        var tally = new OutcomeTally(100);
        Map<Entry, Long> taken = new HashMap<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var adders = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(() ->
                            IntStream.range(0, 200_000).forEach(i -> tally.add(entry(i % 3 + 1), 2))))
                    .toList();
            while (!adders.stream().allMatch(adder -> adder.isDone())) {
                tally.takeAll((entry, quantity) -> taken.merge(entry, quantity, Long::sum));
            }
        }
        tally.takeAll((entry, quantity) -> taken.merge(entry, quantity, Long::sum));

        assertThat(taken.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(4 * 200_000 * 2);
    }

    @Test
    void saysHowMuchFoundNoRoomAndMakesRoomForWhatIsNew() {
        var tally = new OutcomeTally(10);
        IntStream.rangeClosed(1, 12).forEach(project -> tally.add(entry(project), 5));
        tally.add(entry(1), 5);

        assertThat(tally.size()).isEqualTo(10);
        assertThat(tally.overflow()).isEqualTo(10);

        tally.takeAll((_, _) -> {});
        tally.takeAll((_, _) -> {});
        assertThat(tally.size()).isZero();
    }

    private static Entry entry(int project) {
        return new Entry(new ProjectId(project), null, DataCategory.ERROR, new Outcome.RateLimited("project_quota"));
    }
}
