package dev.resentry.gateway.limit;

import dev.resentry.gateway.limit.QuotaAllocation.GatewayDemand;
import dev.resentry.model.wire.UsageRecord;
import dev.resentry.model.wire.UsageRecord.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the other gateways have told. One that is silent for some seconds is taken for gone: what it let through still counts,
 * what it had reserved does not. All times are milliseconds of this gateway's clock.
 */
final class PeerGateways {
    static final Duration GONE_AFTER = Duration.ofSeconds(5);

    /** How long a window is remembered after its end: until then its demand says something about the next one. */
    private static final long REMEMBERED = Duration.ofSeconds(60).toMillis();

    /** Against records that nobody sane writes; beyond it, what is told is not remembered. */
    private static final int MAX_PEERS = 1_000;

    private static final int MAX_USAGES_OF_PEER = 200_000;

    private static final double MAX_MEMORY_SECONDS = 600;

    private final UUID self;
    private final Map<UUID, Peer> peers = new ConcurrentHashMap<>();
    private volatile long echo;
    private volatile long echoAt;

    PeerGateways(UUID self) {
        this.self = self;
    }

    /**
     * Takes in what a gateway tells. Called by one thread at a time.
     *
     * @return whether it was not known to be there
     */
    boolean receive(UsageRecord record, long now) {
        if (record.gateway().equals(self)) {
            echo = record.sequence();
            echoAt = now;
            return false;
        }
        Peer known = peers.get(record.gateway());
        Peer peer = known == null ? new Peer() : known;
        if (known == null) {
            if (peers.size() >= MAX_PEERS) {
                return false;
            }
            peers.put(record.gateway(), peer);
        } else if (record.sequence() <= peer.sequence) {
            return false;
        }
        boolean isNew = !peer.isThere(now);
        peer.take(record, now);
        peer.receivedAt = now;
        peer.left = record.leaving();
        return isNew && !record.leaving();
    }

    /** Takes in what a gateway told before this one listened; it counts as gone until it says something new. */
    void replay(UsageRecord record) {
        if (record.gateway().equals(self) || (peers.size() >= MAX_PEERS && !peers.containsKey(record.gateway()))) {
            return;
        }
        Peer peer = peers.computeIfAbsent(record.gateway(), _ -> new Peer());
        if (record.sequence() > peer.sequence) {
            peer.take(record, 0);
        }
    }

    /**
     * What gateways let through that are gone, in windows that are not over: told again on their behalf, for those who were not
     * there to hear it. It bears their own last number, so that it is no news to the others.
     */
    List<UsageRecord> departedUsage(long now) {
        List<UsageRecord> records = new ArrayList<>();
        peers.forEach((gateway, peer) -> {
            if (!peer.isThere(now)) {
                List<Usage> usages = peer.told.values().stream()
                        .filter(told -> told.end() > now)
                        .map(PeerUsage::usage)
                        .limit(UsageRecord.MAX_USAGES)
                        .toList();
                if (!usages.isEmpty()) {
                    records.add(new UsageRecord(gateway, peer.sequence, true, usages));
                }
            }
        });
        return records;
    }

    /** Whether our own records have come back of late. */
    boolean isEchoing(long now) {
        return isRecent(echoAt, now);
    }

    /**
     * What is known of a limit.
     *
     * @param there the gateways to share with
     * @param admittedByGone what gateways let through that are gone
     */
    record Others(List<GatewayDemand> there, long admittedByGone) {
        long admitted() {
            return admittedByGone
                    + there.stream().mapToLong(GatewayDemand::admitted).sum();
        }
    }

    /** @param memoryMillis over how much time the demand for the limit is averaged */
    Others of(long bucket, long windowStart, double memoryMillis, long now) {
        List<GatewayDemand> there = new ArrayList<>();
        long admittedByGone = 0;
        for (Map.Entry<UUID, Peer> entry : peers.entrySet()) {
            PeerUsage told = entry.getValue().told.get(bucket);
            Usage usage = told == null ? null : told.in(windowStart);
            long admitted = usage == null ? 0 : usage.admitted();
            if (entry.getValue().isThere(now)) {
                there.add(new GatewayDemand(
                        entry.getKey(),
                        told == null ? 0 : told.demandPerSecond(memoryMillis, now),
                        admitted,
                        usage == null ? -1 : usage.reserved()));
            } else {
                admittedByGone += admitted;
            }
        }
        return new Others(there, admittedByGone);
    }

    /**
     * Whether all is known that others told before they can have known this record of ours. Records come to all in one order, so
     * it is once ours has come back; if none does, waiting for it would be of no use.
     */
    boolean hasComeBack(long sequence, long now) {
        return echo >= sequence || !isRecent(echoAt, now);
    }

    /** Forgets windows long past, and gateways of which nothing else is known. */
    void forgetExpired(long now) {
        peers.forEach((gateway, peer) -> {
            peer.told.values().removeIf(told -> told.end() + REMEMBERED < now);
            if (!peer.isThere(now) && peer.told.isEmpty()) {
                peers.remove(gateway);
            }
        });
    }

    /** How many gateways are there. */
    int there(long now) {
        return (int) peers.values().stream().filter(peer -> peer.isThere(now)).count();
    }

    /** How many usages are remembered. */
    int remembered() {
        return peers.values().stream().mapToInt(peer -> peer.told.size()).sum();
    }

    /** How demand that nothing is added to fades, by the same law in all gateways. */
    static double faded(double perSecond, long millis, double memoryMillis) {
        return millis <= 0 ? perSecond : perSecond * Math.exp(-millis / memoryMillis);
    }

    /**
     * Over how much time demand is averaged: some of the window, so that a shift of load still counts in it; and for small limits
     * long enough that who was asked last is not taken for who is asked most.
     */
    static double memoryMillis(long windowSeconds, long limit) {
        double some = Math.clamp(windowSeconds / 12.0, 1, 10);
        double window = (double) windowSeconds;
        double ofTen = 10 * window / Math.max(limit, 1);
        return Math.max(some, Math.min(ofTen, Math.min(window, MAX_MEMORY_SECONDS))) * 1000;
    }

    /** A clock that was set back must not keep alive for hours what was heard in its future. */
    private static boolean isRecent(long at, long now) {
        return Math.abs(now - at) < GONE_AFTER.toMillis();
    }

    private static final class Peer {
        private final Map<Long, PeerUsage> told = new ConcurrentHashMap<>();
        private volatile long sequence = Long.MIN_VALUE;
        private volatile long receivedAt;
        private volatile boolean left;

        Peer() {
            left = true;
        }

        void take(UsageRecord record, long now) {
            sequence = record.sequence();
            for (Usage usage : record.usages()) {
                if (told.size() < MAX_USAGES_OF_PEER || told.containsKey(usage.bucket())) {
                    told.merge(usage.bucket(), new PeerUsage(usage, now, null), PeerUsage::followedBy);
                }
            }
        }

        boolean isThere(long now) {
            return !left && isRecent(receivedAt, now);
        }
    }

    /** The newest that was told of a limit, and the window before: clocks differ, so one of us is first in the next window. */
    private record PeerUsage(Usage usage, long at, @Nullable Usage before) {

        PeerUsage followedBy(PeerUsage next) {
            return new PeerUsage(next.usage, next.at, next.usage.windowStart() == usage.windowStart() ? before : usage);
        }

        @Nullable
        Usage in(long windowStart) {
            if (usage.windowStart() == windowStart) {
                return usage;
            }
            return before != null && before.windowStart() == windowStart ? before : null;
        }

        double demandPerSecond(double memoryMillis, long now) {
            return faded(usage.demandPerSecond(), now - at, memoryMillis);
        }

        long end() {
            return (usage.windowStart() + usage.windowSeconds()) * 1000;
        }
    }
}
