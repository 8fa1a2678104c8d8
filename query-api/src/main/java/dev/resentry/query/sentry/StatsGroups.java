package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.resentry.query.error.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures of groups, in total and over time: the form of sessions and of outcomes.
 *
 * @param intervals when each begins
 */
record StatsGroups(Instant start, Instant end, @Nullable String query, List<Instant> intervals, List<Group> groups) {

    /**
     * A group.
     *
     * @param by what its members have in common
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Group(
            Map<String, @Nullable Object> by,
            @Nullable Map<String, @Nullable Number> totals,
            @Nullable Map<String, List<@Nullable Number>> series) {}

    /** Whole hours that some time touches, in intervals of equal length. */
    record Hours(Instant from, Instant to, Duration each) {
        private static final int MOST = 2_200;

        /** @param interval such as 1h or 1d; an hour if absent */
        static Hours of(SentryWindow window, @Nullable String interval, Duration usual, Instant now) {
            Duration each = interval == null || interval.isBlank()
                    ? Duration.ofHours(1)
                    : SentryWindow.duration("interval", interval);
            if (each.toSeconds() % 3_600 != 0) {
                throw ApiException.invalid("interval", "'%s' (expected: whole hours)".formatted(interval));
            }
            long seconds = each.toSeconds();
            Instant to = window.to(now);
            Instant begin =
                    Instant.ofEpochSecond(Math.floorDiv(window.from(usual, now).getEpochSecond(), seconds) * seconds);
            Instant end = Instant.ofEpochSecond(Math.ceilDiv(to.getEpochSecond(), seconds) * seconds);
            if (end.isBefore(begin)) {
                throw ApiException.invalid("start", "%s (expected: before %s)".formatted(begin, to));
            }
            if (Duration.between(begin, end).dividedBy(each) > MOST) {
                throw ApiException.invalid(
                        "interval", "too short for that time (expected: at most %d intervals)".formatted(MOST));
            }
            return new Hours(begin, end, each);
        }

        int count() {
            return (int) Duration.between(from, to).dividedBy(each);
        }

        int of(Instant at) {
            return (int) Duration.between(from, at).dividedBy(each);
        }

        List<Instant> begins() {
            List<Instant> begins = new ArrayList<>();
            for (int i = 0; i < count(); i++) {
                begins.add(from.plus(each.multipliedBy(i)));
            }
            return begins;
        }
    }
}
