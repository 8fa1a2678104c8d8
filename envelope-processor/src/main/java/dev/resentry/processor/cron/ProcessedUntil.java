package dev.resentry.processor.cron;

import dev.resentry.service.kafka.TopicOffsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Up to when everything that was accepted is processed: each look notes where the topic ended, and once that much is processed, all that
 * came before the look is. So a backlog, however long, holds up who asks until it is done, and nobody takes for missing what waits in it.
 */
final class ProcessedUntil {
    /** What a gateway may take from the arrival of an envelope, by which check-ins are dated, until it is on the topic. */
    static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

    /** With more of them, every second one is forgotten, and they are noted half as often until the backlog is done. */
    private static final int MOST_LOOKS = 1_000;

    private final Deque<Look> looks = new ArrayDeque<>();
    private @Nullable UUID topic;
    private Instant until = Instant.MIN;
    private Duration apart = Duration.ZERO;

    private record Look(Instant at, Map<Integer, Long> ends) {
        boolean isProcessed(TopicOffsets.Answer now) {
            return ends.entrySet().stream().allMatch(end -> {
                Long done = now.committed().get(end.getKey());
                Long begin = now.begins().get(end.getKey());
                return end.getValue() <= Math.max(done == null ? 0 : done, begin == null ? 0 : begin);
            });
        }
    }

    /**
     * Notes what the broker says.
     *
     * @param askedAt when it was asked
     * @return a time before which everything that arrived is processed; {@link Instant#MIN} while nothing is known
     */
    Instant note(Instant askedAt, TopicOffsets.Answer answer) {
        if (!answer.topicId().equals(topic)) {
            topic = answer.topicId();
            looks.clear();
        }
        Look last = looks.peekLast();
        if (last == null || !askedAt.isBefore(last.at().plus(apart))) {
            looks.addLast(new Look(askedAt, answer.ends()));
        }
        if (looks.size() > MOST_LOOKS) {
            thinOut();
        }
        for (Look first = looks.peekFirst(); first != null && first.isProcessed(answer); first = looks.peekFirst()) {
            until = first.at().minus(ON_ITS_WAY);
            looks.removeFirst();
        }
        if (looks.isEmpty()) {
            apart = Duration.ZERO;
        }
        return until;
    }

    private void thinOut() {
        List<Look> all = List.copyOf(looks);
        looks.clear();
        for (int i = 0; i < all.size(); i += 2) {
            looks.addLast(all.get(i));
        }
        apart = Duration.between(all.getFirst().at(), all.get(2).at());
    }
}
