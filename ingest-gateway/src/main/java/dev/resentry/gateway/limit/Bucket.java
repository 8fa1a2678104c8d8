package dev.resentry.gateway.limit;

import dev.resentry.gateway.limit.PeerGateways.PeerDemand;
import dev.resentry.gateway.limit.QuotaAllocation.GatewayDemand;
import dev.resentry.model.wire.UsageRecord.Usage;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The counter of one limit in its current window. Taking is lock-free but for the first in a window. All times are
 * milliseconds of this gateway's clock.
 */
final class Bucket {
    private static final long MAX_LIMIT = 1L << 53;
    private static final long MAX_RETRY_AFTER_SECONDS = 300;

    /** How long after the begin of a window the reservations of others may be unknown. */
    private static final double BEGIN_SECONDS = 2;

    /** While more than this part of the limit is unused in other gateways, this one may soon get some of it. */
    private static final double WORTH_WAITING_FOR = 0.1;

    private final long id;
    private final long windowSeconds;
    private final UUID self;
    private final PeerGateways peers;
    private final LongAdder demand = new LongAdder();
    private volatile long limit;
    private volatile Window window = new Window(Long.MIN_VALUE, 0, 0);
    private volatile Demand recentDemand = new Demand(0, 0, 0);
    private @Nullable Usage lastPublished;
    private long lastRaiseSequence;
    private long publishedDemand;

    Bucket(long id, long windowSeconds, long limit, UUID self, PeerGateways peers) {
        this.id = id;
        this.windowSeconds = windowSeconds;
        this.limit = Math.min(limit, MAX_LIMIT);
        this.self = self;
        this.peers = peers;
    }

    long id() {
        return id;
    }

    /** Changes how much is admitted in a window; what is counted stays. */
    void changeLimit(long newLimit, long now) {
        limit = Math.min(newLimit, MAX_LIMIT);
        updateReservation(now, true);
    }

    /** Counts a quantity as demand, admitted or not. */
    void countDemand(long quantity) {
        demand.add(Math.min(quantity, MAX_LIMIT));
    }

    /** Counts a quantity if it fits. */
    boolean take(long quantity, long now) {
        Window current = window(now);
        long have = current.admitted.get();
        while (quantity <= current.reserved - have) {
            if (current.admitted.compareAndSet(have, have + quantity)) {
                return true;
            }
            have = current.admitted.get();
        }
        return false;
    }

    /** Takes back what was taken, if that was in the window under way. */
    void refund(long quantity, long takenAt) {
        Window current = window;
        if (current.start == startOf(takenAt)) {
            current.admitted.addAndGet(-quantity);
        }
    }

    /** Whether not even a quantity of 1 fits. */
    boolean isExhausted(long now) {
        Window current = window;
        return current.start == startOf(now) && current.reserved <= current.admitted.get();
    }

    /**
     * When a rejected sender should try again: in the next window, or soon if only this gateway's part of the limit is used up.
     */
    long retryAfterSeconds(long now) {
        Window current = window(now);
        long left = limit - current.admitted.get() - current.admittedByOthers;
        if (left > limit * WORTH_WAITING_FOR) {
            return 1;
        }
        long untilEnd = (current.start + windowSeconds) * 1000 - now;
        return Math.clamp(Math.ceilDiv(untilEnd, 1000), 1, MAX_RETRY_AFTER_SECONDS);
    }

    /** Whether the window is over. */
    boolean isExpired(long now) {
        long end = window.start == Long.MIN_VALUE ? Long.MIN_VALUE : (window.start + windowSeconds) * 1000;
        return end < now;
    }

    /**
     * Brings demand and reservation up to date. Called by one thread at a time.
     *
     * @param always whether to return also what did not change
     * @param sequence of the record that the usage is published with
     * @return the usage to publish; null if it is known to the others
     */
    @Nullable
    Usage settle(long now, boolean always, long sequence) {
        long asked = demand.sum();
        recentDemand = recentDemand.after(asked, now, memoryMillis());
        if (startOf(now) != window.start && asked == publishedDemand) {
            return null;
        }
        Window current = updateReservation(now, peers.isReceived(lastRaiseSequence, now));
        // Read before the reservation, so that what is admitted meanwhile stays below the published reservation.
        long admitted = current.admitted.get();
        var usage = new Usage(
                id,
                windowSeconds,
                current.start,
                recentDemand.perSecond,
                admitted,
                Math.max(current.reserved, admitted));
        boolean isNews = asked != publishedDemand
                || lastPublished == null
                || lastPublished.windowStart() != usage.windowStart()
                || lastPublished.admitted() != usage.admitted()
                || lastPublished.reserved() != usage.reserved();
        if (!isNews && !always) {
            return null;
        }
        if (lastPublished == null
                || lastPublished.windowStart() != usage.windowStart()
                || usage.reserved() > lastPublished.reserved()) {
            lastRaiseSequence = sequence;
        }
        publishedDemand = asked;
        lastPublished = usage;
        return usage;
    }

    private Window updateReservation(long now, boolean mayTake) {
        synchronized (demand) {
            Window current = window(now);
            PeerDemand others = peers.of(id, current.start, memoryMillis(), now);
            current.admittedByOthers = others.admitted();
            current.reserved =
                    reservation(current.start, now, current.admitted.get(), current.reserved, others, mayTake);
            return current;
        }
    }

    private Window window(long now) {
        Window current = window;
        long start = startOf(now);
        // A clock that steps back a little stays in the window it was in.
        if (start == current.start || (start < current.start && start >= current.start - windowSeconds)) {
            return current;
        }
        synchronized (demand) {
            if (window.start == current.start) {
                PeerDemand others = peers.of(id, start, memoryMillis(), now);
                window = new Window(start, reservation(start, now, 0, -1, others, true), others.admitted());
            }
            return window;
        }
    }

    private long reservation(long start, long now, long admitted, long reserved, PeerDemand others, boolean mayTake) {
        double secondsLeft = Math.max((start + windowSeconds) * 1000 - now, 0) / 1000.0;
        var me = new GatewayDemand(self, recentDemand.fadedPerSecond(now, memoryMillis()), admitted, reserved);
        var toShare = new QuotaAllocation.Window(
                limit - others.admittedByDeparted(),
                windowSeconds,
                secondsLeft,
                windowSeconds - secondsLeft < BEGIN_SECONDS);
        return QuotaAllocation.reservation(toShare, me, others.alive(), mayTake);
    }

    private double memoryMillis() {
        return PeerGateways.memoryMillis(windowSeconds, limit);
    }

    private long startOf(long now) {
        return Math.floorDiv(now, windowSeconds * 1000) * windowSeconds;
    }

    /** The times are seconds of the epoch. */
    private static final class Window {
        private final long start;
        private final AtomicLong admitted = new AtomicLong();
        private volatile long reserved;
        private volatile long admittedByOthers;

        Window(long start, long reserved, long admittedByOthers) {
            this.start = start;
            this.reserved = reserved;
            this.admittedByOthers = admittedByOthers;
        }
    }

    /** How much was asked for until a moment, and how fast of late. */
    private record Demand(long total, double perSecond, long at) {

        Demand after(long newTotal, long now, double memoryMillis) {
            if (at == 0) {
                // The begin of this demand is unknown; it is averaged over the whole memory.
                return new Demand(newTotal, Math.max(newTotal - total, 0) * 1000.0 / memoryMillis, now);
            }
            if (now <= at) {
                // The clock was set back.
                return new Demand(newTotal, perSecond, now);
            }
            double passed = (now - at) / 1000.0;
            double kept = PeerGateways.faded(1, now - at, memoryMillis);
            double faster = perSecond * kept + Math.max(newTotal - total, 0) / passed * (1 - kept);
            return new Demand(newTotal, faster < 1e-6 ? 0 : faster, now);
        }

        double fadedPerSecond(long now, double memoryMillis) {
            return at == 0 ? 0 : PeerGateways.faded(perSecond, now - at, memoryMillis);
        }
    }
}
