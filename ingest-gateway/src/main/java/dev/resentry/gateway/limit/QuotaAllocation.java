package dev.resentry.gateway.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Divides what is left of a limit in its window among gateways. Every gateway computes this from the published usage; gateways
 * with the same knowledge compute parts that add up to the limit.
 *
 * <p>Each gateway has a reservation, up to which it admits. It may lower it at once. It may raise it only by what no gateway has
 * reserved, so that two gateways with incomplete knowledge do not both take the same.
 */
final class QuotaAllocation {
    /**
     * How much of what is left is kept for gateways in equal parts, for those whose senders only begin; one unit for each at
     * least, as a first event should not be refused.
     */
    private static final double FOR_NEWCOMERS = 0.05;

    private QuotaAllocation() {}

    /**
     * What is known of a gateway in a window.
     *
     * @param reserved up to where it lets through; negative if that is not known yet
     */
    record GatewayDemand(UUID gateway, double demandPerSecond, long admitted, long reserved) {}

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
        private double need(GatewayDemand gateway) {
            return gateway.demandPerSecond() * secondsLeft + secondsLeft / seconds;
        }
    }

    /**
     * The new reservation of a gateway: at least what it has let through, together with all others at most the limit, as far as
     * is known.
     *
     * @param mayTake whether it may reserve more, or only give back
     */
    static long reservation(Window window, GatewayDemand me, List<GatewayDemand> others, boolean mayTake) {
        List<GatewayDemand> all = new ArrayList<>(others);
        all.add(me);
        int mine = all.size() - 1;
        long admitted = all.stream().mapToLong(GatewayDemand::admitted).sum();
        long rest = Math.max(window.limit() - admitted, 0);
        long[] parts = parts(rest, window, all);

        long target = me.admitted() + parts[mine];
        boolean isFirst = me.reserved() < 0;
        if (!isFirst && (target <= me.reserved() || !mayTake)) {
            return Math.min(target, me.reserved());
        }
        long[] partsAtBegin = window.hasJustBegun() ? parts(window.limit(), window, all) : parts;
        long unreserved = window.limit() - Math.max(me.reserved(), me.admitted());
        for (int i = 0; i < mine; i++) {
            GatewayDemand other = all.get(i);
            unreserved -= other.reserved() < 0 ? partsAtBegin[i] : Math.max(other.reserved(), other.admitted());
        }
        long free = Math.max(unreserved, 0);
        if (isFirst) {
            return Math.min(target, me.admitted() + free);
        }
        double[] lack = new double[all.size()];
        double lacking = 0;
        for (int i = 0; i < lack.length; i++) {
            GatewayDemand gateway = all.get(i);
            lack[i] = gateway.reserved() < 0 ? 0 : Math.max(0, gateway.admitted() + parts[i] - gateway.reserved());
            lacking += lack[i];
        }
        for (int i = 0; i < lack.length && lacking > 0; i++) {
            lack[i] *= free / lacking;
        }
        return me.reserved() + Math.min(whole(free, lack, all)[mine], target - me.reserved());
    }

    /**
     * So many units, divided among all: an equal part of what is kept for newcomers; of the rest as much as is needed and an
     * equal part of the surplus, or, if there is not enough, in proportion to the need. Fewer units than gateways go to those who
     * are asked most, so that few are left over where nobody asks.
     */
    private static long[] parts(long sum, Window window, List<GatewayDemand> all) {
        double[] need = all.stream().mapToDouble(window::need).toArray();
        if (sum < need.length) {
            long[] parts = new long[need.length];
            for (int i = 0; i < need.length; i++) {
                int ahead = 0;
                for (int j = 0; j < need.length; j++) {
                    ahead += i != j && comesFirst(j, i, need, all) ? 1 : 0;
                }
                parts[i] = ahead < sum ? 1 : 0;
            }
            return parts;
        }
        double allNeed = Arrays.stream(need).sum();
        double kept = Math.max(sum * FOR_NEWCOMERS, need.length);
        double rest = sum - kept;
        double[] shares = new double[need.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = kept / shares.length
                    + (allNeed <= rest ? need[i] + (rest - allNeed) / shares.length : rest * need[i] / allNeed);
        }
        return whole(sum, shares, all);
    }

    /** Shares in whole units: all take theirs rounded down, and whoever has the largest also takes what that leaves over. */
    private static long[] whole(long sum, double[] shares, List<GatewayDemand> all) {
        long[] parts = new long[shares.length];
        long leftOver = sum;
        int largest = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Math.min((long) shares[i], sum);
            leftOver -= parts[i];
            largest = comesFirst(i, largest, shares, all) ? i : largest;
        }
        parts[largest] = Math.max(parts[largest] + leftOver, 0);
        return parts;
    }

    /** Who has more; of those who have the same, all gateways see the same one first. */
    private static boolean comesFirst(int one, int other, double[] amounts, List<GatewayDemand> all) {
        int more = Double.compare(amounts[one], amounts[other]);
        return more > 0
                || (more == 0 && all.get(one).gateway().compareTo(all.get(other).gateway()) < 0);
    }
}
