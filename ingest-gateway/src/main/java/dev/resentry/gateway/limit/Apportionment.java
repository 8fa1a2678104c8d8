package dev.resentry.gateway.limit;

import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/**
 * Who may let through how much of what is left of a limit in its window. Every gateway works it out for itself from what all
 * have told; those who know the same come to parts that add up to the limit.
 *
 * <p>Each gateway has a reservation: it lets through up to it and no further. It may give back at once what it does not need. It
 * may take more only of what nobody has reserved, so that two who know a little less than everything do not both take the same.
 */
final class Apportionment {
    /** How much of what is left is kept for gateways in equal parts, for those whose senders only begin. */
    private static final double FOR_NEWCOMERS = 0.05;

    /** So long as there are so many units for each gateway, each gets one at least: a first event should not be refused. */
    private static final double FEW = 2;

    private Apportionment() {}

    /**
     * What is known of a gateway in a window.
     *
     * @param reserved up to where it lets through; negative if that is not known yet
     */
    record Party(UUID gateway, double demandPerSecond, long admitted, long reserved) {}

    /**
     * What of a limit is there to share.
     *
     * @param hasJustBegun whether a gateway that has told nothing of this window may still have reserved as much as at its begin
     */
    record Window(long limit, long seconds, double secondsLeft, boolean hasJustBegun) {

        /**
         * How much a gateway will be asked for in the rest of the window, as far as can be told; one more than its demand of late
         * lets expect, so that small limits have something left for those who are seldom asked.
         */
        private double need(Party party) {
            return party.demandPerSecond() * secondsLeft + secondsLeft / seconds;
        }
    }

    /**
     * The new reservation of a gateway: at least what it has let through, together with all others at most the limit, as far as
     * is known.
     *
     * @param mayTake whether it may reserve more, or only give back
     */
    static long reservation(Window window, Party me, List<Party> others, boolean mayTake) {
        long admitted = me.admitted();
        double allNeed = window.need(me);
        for (Party other : others) {
            admitted += other.admitted();
            allNeed += window.need(other);
        }
        long rest = Math.max(window.limit() - admitted, 0);
        double needed = allNeed;
        int parties = others.size() + 1;
        ToDoubleFunction<Party> share = party -> share(rest, window.need(party), needed, parties);

        long target = me.admitted() + whole(rest, me, others, share);
        boolean isFirst = me.reserved() < 0;
        if (!isFirst && (target <= me.reserved() || !mayTake)) {
            return Math.min(target, me.reserved());
        }
        long unreserved = window.limit() - Math.max(me.reserved(), me.admitted());
        for (Party other : others) {
            unreserved -= other.reserved() < 0
                    ? (long) share(window.hasJustBegun() ? window.limit() : rest, window.need(other), needed, parties)
                    : Math.max(other.reserved(), other.admitted());
        }
        long free = Math.max(unreserved, 0);
        if (isFirst) {
            return Math.min(target, me.admitted() + free);
        }
        ToDoubleFunction<Party> lack = party -> party.reserved() < 0
                ? 0
                : Math.max(0, party.admitted() + share.applyAsDouble(party) - party.reserved());
        double lacking =
                lack.applyAsDouble(me) + others.stream().mapToDouble(lack).sum();
        long more = lacking <= 0 ? 0 : whole(free, me, others, party -> free * lack.applyAsDouble(party) / lacking);
        return me.reserved() + Math.min(more, target - me.reserved());
    }

    /**
     * An equal part of what is kept for newcomers; of the rest as much as is needed and an equal part of the surplus, or, if there
     * is not enough, in proportion to the need.
     */
    private static double share(long sum, double need, double allNeed, int parties) {
        double kept = sum < FEW * parties ? sum * FOR_NEWCOMERS : Math.max(sum * FOR_NEWCOMERS, parties);
        double rest = sum - kept;
        return kept / parties + (allNeed <= rest ? need + (rest - allNeed) / parties : rest * need / allNeed);
    }

    /** My part in whole units: all take theirs rounded down, and whoever has the largest also takes what that leaves over. */
    private static long whole(long sum, Party me, List<Party> others, ToDoubleFunction<Party> share) {
        double mine = share.applyAsDouble(me);
        long leftOver = sum;
        boolean largest = true;
        for (Party other : others) {
            double theirs = share.applyAsDouble(other);
            leftOver -= (long) theirs;
            largest &= theirs < mine || (theirs <= mine && other.gateway().compareTo(me.gateway()) > 0);
        }
        return largest ? Math.max(leftOver, 0) : Math.min((long) mine, sum);
    }
}
