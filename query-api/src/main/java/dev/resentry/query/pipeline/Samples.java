package dev.resentry.query.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The samples of the last minutes. What has been seen of another topic of the same name does not count. */
final class Samples {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration RATED = Duration.ofSeconds(30);

    private final Deque<Sample> samples = new ArrayDeque<>();

    void add(Sample sample) {
        Sample last = samples.peekLast();
        if (last != null && !last.topicId().equals(sample.topicId())) {
            samples.clear();
        }
        samples.addLast(sample);
        while (samples.getFirst().at().isBefore(sample.at().minus(KEPT))) {
            samples.removeFirst();
        }
    }

    /** Since which sample rates are taken; empty if there is none that is a second older than the newest. */
    Optional<Sample> base() {
        Instant now = samples.getLast().at();
        return samples.stream()
                .filter(sample -> !sample.at().isBefore(now.minus(RATED)))
                .findFirst()
                .filter(sample -> !sample.at().isAfter(now.minusSeconds(1)));
    }

    /** When a partition was first seen to end behind an offset; empty if it did from the first sample on, or never does. */
    Optional<Instant> endedBehind(int partition, long offset) {
        boolean endedBefore = false;
        for (Sample sample : samples) {
            boolean behind = sample.ends().getOrDefault(partition, 0L) > offset;
            if (behind) {
                return endedBefore ? Optional.of(sample.at()) : Optional.empty();
            }
            endedBefore = true;
        }
        return Optional.empty();
    }
}
