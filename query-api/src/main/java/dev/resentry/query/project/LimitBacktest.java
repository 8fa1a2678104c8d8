package dev.resentry.query.project;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a limit would have refused of events that were taken. Of an hour or a minute longer than a window, the events are taken for
 * evenly spread, so that what is refused is the least that would have been.
 */
final class LimitBacktest {
    private static final int WORST = 20;

    private final long limit;
    private final long windowSeconds;
    private final SortedMap<Instant, Hour> hours = new TreeMap<>();
    private final SortedMap<Instant, Window> windows = new TreeMap<>();

    LimitBacktest(long limit, Duration window) {
        this.limit = limit;
        this.windowSeconds = window.toSeconds();
    }

    /** An hour: its events, and those of them that would have been refused. */
    record Hour(Instant at, long events, long rejected) {
        private Hour plus(long moreEvents, long moreRejected) {
            return new Hour(at, events + moreEvents, rejected + moreRejected);
        }
    }

    /** A window in which the limit would have been reached; a minute or an hour of which only the sum is known stands for its windows. */
    record Window(Instant at, long events, long rejected) {}

    /** Adds the events of a minute or an hour, each later than those before. */
    void add(Instant at, ChronoUnit unit, long events) {
        long unitSeconds = unit.getDuration().toSeconds();
        boolean isWithin = windowSeconds >= unitSeconds;
        Instant start = isWithin
                ? Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), windowSeconds) * windowSeconds)
                : at;
        long allowed = isWithin ? limit : Math.ceilDiv(limit * unitSeconds, windowSeconds);
        Window before = windows.getOrDefault(start, new Window(start, 0, 0));
        long sum = before.events() + events;
        long rejected = Math.max(0, sum - allowed);
        windows.put(start, new Window(start, sum, rejected));
        Instant hour = at.truncatedTo(ChronoUnit.HOURS);
        hours.put(hour, hours.getOrDefault(hour, new Hour(hour, 0, 0)).plus(events, rejected - before.rejected()));
    }

    /** The hours that have events, the earliest first. */
    List<Hour> hours() {
        return List.copyOf(hours.values());
    }

    /** The windows in which most would have been refused, the worst first. */
    List<Window> worst() {
        List<Window> worst = new ArrayList<>(windows.values());
        worst.removeIf(window -> window.rejected() == 0);
        worst.sort(Comparator.comparingLong(Window::rejected)
                .reversed()
                .thenComparing(Comparator.comparing(Window::at).reversed()));
        return List.copyOf(worst.subList(0, Math.min(WORST, worst.size())));
    }

    /** How many windows would have refused something. */
    long windows() {
        return windows.values().stream().filter(window -> window.rejected() > 0).count();
    }

    static LimitBacktest of(long limit, Duration window, Map<Instant, Long> hours, Map<Instant, Long> minutes) {
        var backtest = new LimitBacktest(limit, window);
        new TreeMap<>(hours).forEach((at, events) -> backtest.add(at, ChronoUnit.HOURS, events));
        new TreeMap<>(minutes).forEach((at, events) -> backtest.add(at, ChronoUnit.MINUTES, events));
        return backtest;
    }
}
