package dev.resentry.gateway.limit;

import dev.resentry.gateway.limit.PeerGateways.Others;
import dev.resentry.gateway.limit.QuotaAllocation.GatewayDemand;
import dev.resentry.model.wire.UsageRecord.Usage;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one limit counts, of the window under way. Taking is lock-free but for the first in a window. All times are
 * milliseconds of this gateway's clock.
 */
final class Bucket {
    private static final long MAX_LIMIT = 1L << 53;
    private static final long MAX_RETRY_AFTER_SECONDS = 300;

    /** How long after its begin we may not have heard what others reserved of a window. */
    private static final double BEGIN_SECONDS = 2;

    /** While more of the limit than this part is left in other gateways, we may soon get some of it. */
    private static final double WORTH_WAITING_FOR = 0.1;

    private final long id;
    private final long windowSeconds;
    private final UUID self;
    private final PeerGateways peers;
    private final LongAdder demand = new LongAdder();
    private volatile long limit;
    private volatile Window window = new Window(Long.MIN_VALUE, 0, 0);
    private volatile Demand demandOfLate = new Demand(0, 0, 0);
    private @Nullable Usage lastTold;
    private long lastRaiseIn;
    private long demandLastTold;

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

    /** From now on another quantity goes through in a window; what is counted stays. */
    void limitTo(long newLimit, long now) {
        limit = Math.min(newLimit, MAX_LIMIT);
        apportion(now, true);
    }

    /** Notes that this was asked for, whatever becomes of it. */
    void ask(long quantity) {
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

    /** When a sender who was refused should try again: in the next window, or soon if only our part of the limit is used up. */
    long retryAfterSeconds(long now) {
        Window current = window(now);
        long left = limit - current.admitted.get() - current.admittedByOthers;
        if (left > limit * WORTH_WAITING_FOR) {
            return 1;
        }
        long untilEnd = (current.start + windowSeconds) * 1000 - now;
        return Math.clamp(Math.ceilDiv(untilEnd, 1000), 1, MAX_RETRY_AFTER_SECONDS);
    }

    /** Whether this counts nothing that still matters. */
    boolean isOver(long now) {
        long end = window.start == Long.MIN_VALUE ? Long.MIN_VALUE : (window.start + windowSeconds) * 1000;
        return end < now;
    }

    /**
     * Brings demand and reservation up to date. Called by one thread at a time.
     *
     * @param always whether to tell also what did not change
     * @param sequence the number of the record that will tell it
     * @return what others should be told; nothing if they know
     */
    @Nullable
    Usage settle(long now, boolean always, long sequence) {
        long asked = demand.sum();
        demandOfLate = demandOfLate.after(asked, now, memoryMillis());
        if (startOf(now) != window.start && asked == demandLastTold) {
            return null;
        }
        Window current = apportion(now, peers.hasComeBack(lastRaiseIn, now));
        // Admitted first: what is taken meanwhile is then below what we say is reserved.
        long admitted = current.admitted.get();
        var usage = new Usage(
                id,
                windowSeconds,
                current.start,
                demandOfLate.perSecond,
                admitted,
                Math.max(current.reserved, admitted));
        boolean isNews = asked != demandLastTold
                || lastTold == null
                || lastTold.windowStart() != usage.windowStart()
                || lastTold.admitted() != usage.admitted()
                || lastTold.reserved() != usage.reserved();
        if (!isNews && !always) {
            return null;
        }
        if (lastTold == null
                || lastTold.windowStart() != usage.windowStart()
                || usage.reserved() > lastTold.reserved()) {
            lastRaiseIn = sequence;
        }
        demandLastTold = asked;
        lastTold = usage;
        return usage;
    }

    private Window apportion(long now, boolean mayTake) {
        synchronized (demand) {
            Window current = window(now);
            Others others = peers.of(id, current.start, memoryMillis(), now);
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
                Others others = peers.of(id, start, memoryMillis(), now);
                window = new Window(start, reservation(start, now, 0, -1, others, true), others.admitted());
            }
            return window;
        }
    }

    private long reservation(long start, long now, long admitted, long reserved, Others others, boolean mayTake) {
        double secondsLeft = Math.max((start + windowSeconds) * 1000 - now, 0) / 1000.0;
        var me = new GatewayDemand(self, demandOfLate.fadedPerSecond(now, memoryMillis()), admitted, reserved);
        var toShare = new QuotaAllocation.Window(
                limit - others.admittedByGone(),
                windowSeconds,
                secondsLeft,
                windowSeconds - secondsLeft < BEGIN_SECONDS);
        return QuotaAllocation.reservation(toShare, me, others.there(), mayTake);
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
                // Nobody knows since when it was asked for; the shortest time between two looks will do.
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
