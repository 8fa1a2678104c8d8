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

    private Apportionment() {}

    /**
     * What is known of a gateway in a window.
     *
     * @param reserved up to where it lets through; negative if that is not known yet
     */
    record Party(UUID gateway, double demandPerSecond, long admitted, long reserved) {}

    /**
     * The new reservation of a gateway: at least what it has let through, together with all others at most the limit, as far as
     * is known.
     */
    static long reservation(long limit, double secondsLeft, Party me, List<Party> others) {
        int parties = others.size() + 1;
        long left = limit - me.admitted();
        double allNeed = me.demandPerSecond() * secondsLeft;
        for (Party other : others) {
            left -= other.admitted();
            allNeed += other.demandPerSecond() * secondsLeft;
        }
        long rest = Math.max(left, 0);
        double needed = allNeed;
        ToDoubleFunction<Party> share = needed <= rest
                ? party -> party.demandPerSecond() * secondsLeft + (rest - needed) / parties
                : party -> rest
                        * (FOR_NEWCOMERS / parties
                                + (1 - FOR_NEWCOMERS) * party.demandPerSecond() * secondsLeft / needed);

        long target = me.admitted() + whole(rest, me, others, share);
        if (me.reserved() >= 0 && target <= me.reserved()) {
            return target;
        }
        long unreserved = limit - Math.max(me.reserved(), me.admitted());
        for (Party other : others) {
            unreserved -= other.reserved() < 0
                    ? other.admitted() + (long) share.applyAsDouble(other)
                    : Math.max(other.reserved(), other.admitted());
        }
        if (me.reserved() < 0) {
            return Math.min(target, me.admitted() + Math.max(unreserved, 0));
        }
        if (unreserved <= 0) {
            return me.reserved();
        }
        long free = unreserved;
        ToDoubleFunction<Party> lack = party -> party.reserved() < 0
                ? 0
                : Math.max(0, party.admitted() + share.applyAsDouble(party) - party.reserved());
        double allLack = lack.applyAsDouble(me);
        for (Party other : others) {
            allLack += lack.applyAsDouble(other);
        }
        double lacking = allLack;
        long more = lacking <= 0 ? 0 : whole(free, me, others, party -> free * lack.applyAsDouble(party) / lacking);
        return me.reserved() + Math.min(more, target - me.reserved());
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
