package dev.resentry.processing.group;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How alike two events are, each figure from 0 to 1. What neither of them has does not count.
 *
 * @param score all of it together; where it happened counts most
 * @param type 1 for the same type of exception; null if neither has one
 * @param frames how many of the frames are of both, those nearest to the crash counting most; null if neither has one
 * @param message how many of the words are of both; null if neither has one
 */
public record Likeness(
        double score,
        @Nullable Double type,
        @Nullable Double frames,
        @Nullable Double message) {
    private static final double OF_TYPE = 0.25;
    private static final double OF_FRAMES = 0.45;
    private static final double OF_MESSAGE = 0.3;

    /** The likeness of two events; the same either way round. */
    public static Likeness of(EventTraits one, EventTraits other) {
        Double type = one.type().isEmpty() && other.type().isEmpty()
                ? null
                : Double.valueOf(one.type().equals(other.type()) ? 1 : 0);
        Double frames = frames(one.frames(), other.frames());
        Double message = words(one.words(), other.words());
        double sum = 0;
        double weights = 0;
        if (type != null) {
            sum += OF_TYPE * type;
            weights += OF_TYPE;
        }
        if (frames != null) {
            sum += OF_FRAMES * frames;
            weights += OF_FRAMES;
        }
        if (message != null) {
            sum += OF_MESSAGE * message;
            weights += OF_MESSAGE;
        }
        return new Likeness(weights == 0 ? 0 : sum / weights, type, frames, message);
    }

    /** The frame at the crash says most of where it happened: the second counts half as much, the third a third of it. */
    private static @Nullable Double frames(List<String> one, List<String> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return null;
        }
        Map<String, Double> weights = weights(one);
        Map<String, Double> others = weights(other);
        Set<String> all = new HashSet<>(weights.keySet());
        all.addAll(others.keySet());
        double shared = 0;
        double whole = 0;
        for (String frame : all) {
            double first = weights.getOrDefault(frame, 0.0);
            double second = others.getOrDefault(frame, 0.0);
            shared += Math.min(first, second);
            whole += Math.max(first, second);
        }
        return shared / whole;
    }

    private static Map<String, Double> weights(List<String> frames) {
        Map<String, Double> weights = new HashMap<>();
        for (int i = 0; i < frames.size(); i++) {
            weights.put(frames.get(i), 1.0 / (i + 1));
        }
        return weights;
    }

    private static @Nullable Double words(Set<String> one, Set<String> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return null;
        }
        long shared = one.stream().filter(other::contains).count();
        return 2.0 * shared / (one.size() + other.size());
    }
}
