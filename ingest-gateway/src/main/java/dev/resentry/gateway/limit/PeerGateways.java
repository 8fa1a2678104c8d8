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
 * The usage that other gateways have published. A gateway that is silent for some seconds is taken for departed: what it admitted
 * still counts, what it had reserved does not. All times are milliseconds of this gateway's clock.
 */
final class PeerGateways {
    static final Duration DEPARTED_AFTER = Duration.ofSeconds(5);

    /** How long a window is remembered after its end: until then its demand says something about the next one. */
    private static final long REMEMBERED = Duration.ofSeconds(60).toMillis();

    /** Bounds memory against records that no gateway would write; beyond it, usage is ignored. */
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
     * Applies a record of a gateway. Called by one thread at a time.
     *
     * @return whether the gateway was not known to be alive
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
        boolean isNew = !peer.isAlive(now);
        peer.apply(record, now);
        peer.receivedAt = now;
        peer.departed = record.leaving();
        return isNew && !record.leaving();
    }

    /** Applies a record from before this gateway started; its gateway counts as departed until it publishes again. */
    void replay(UsageRecord record) {
        if (record.gateway().equals(self) || (peers.size() >= MAX_PEERS && !peers.containsKey(record.gateway()))) {
            return;
        }
        Peer peer = peers.computeIfAbsent(record.gateway(), _ -> new Peer());
        if (record.sequence() > peer.sequence) {
            peer.apply(record, 0);
        }
    }

    /**
     * What departed gateways admitted in windows that are not over, published again for gateways that have started since. The
     * records have the departed gateway's last sequence, so that others ignore them.
     */
    List<UsageRecord> departedUsage(long now) {
        List<UsageRecord> records = new ArrayList<>();
        peers.forEach((gateway, peer) -> {
            if (!peer.isAlive(now)) {
                List<Usage> usages = peer.usages.values().stream()
                        .filter(usage -> usage.end() > now)
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

    /** Whether this gateway's own records have been received recently. */
    boolean isEchoing(long now) {
        return isRecent(echoAt, now);
    }

    /**
     * What is known of a limit in other gateways.
     *
     * @param alive the gateways to share with
     * @param admittedByDeparted what departed gateways admitted
     */
    record PeerDemand(List<GatewayDemand> alive, long admittedByDeparted) {
        long admitted() {
            return admittedByDeparted
                    + alive.stream().mapToLong(GatewayDemand::admitted).sum();
        }
    }

    /** @param memoryMillis over how much time the demand for the limit is averaged */
    PeerDemand of(long bucket, long windowStart, double memoryMillis, long now) {
        List<GatewayDemand> alive = new ArrayList<>();
        long admittedByDeparted = 0;
        for (Map.Entry<UUID, Peer> entry : peers.entrySet()) {
            PeerUsage published = entry.getValue().usages.get(bucket);
            Usage usage = published == null ? null : published.in(windowStart);
            long admitted = usage == null ? 0 : usage.admitted();
            if (entry.getValue().isAlive(now)) {
                alive.add(new GatewayDemand(
                        entry.getKey(),
                        published == null ? 0 : published.demandPerSecond(memoryMillis, now),
                        admitted,
                        usage == null ? -1 : usage.reserved()));
            } else {
                admittedByDeparted += admitted;
            }
        }
        return new PeerDemand(alive, admittedByDeparted);
    }

    /**
     * Whether everything is known that others published before they received this record of ours. All gateways receive records in
     * one order, so that is the case once ours has been received; if none is received, waiting is of no use.
     */
    boolean isReceived(long sequence, long now) {
        return echo >= sequence || !isRecent(echoAt, now);
    }

    /** Removes windows long past, and departed gateways without any other. */
    void forgetExpired(long now) {
        peers.forEach((gateway, peer) -> {
            peer.usages.values().removeIf(usage -> usage.end() + REMEMBERED < now);
            if (!peer.isAlive(now) && peer.usages.isEmpty()) {
                peers.remove(gateway);
            }
        });
    }

    /** How many other gateways are alive. */
    int alive(long now) {
        return (int) peers.values().stream().filter(peer -> peer.isAlive(now)).count();
    }

    /** How many usages are remembered. */
    int remembered() {
        return peers.values().stream().mapToInt(peer -> peer.usages.size()).sum();
    }

    /** How demand that nothing is added to fades, by the same law in all gateways. */
    static double faded(double perSecond, long millis, double memoryMillis) {
        return millis <= 0 ? perSecond : perSecond * Math.exp(-millis / memoryMillis);
    }

    /**
     * Over how much time demand is averaged: a part of the window, so that a shift of load still counts in it; for small limits
     * longer, so that the gateway with the latest request is not taken for the one with most requests.
     */
    static double memoryMillis(long windowSeconds, long limit) {
        double some = Math.clamp(windowSeconds / 12.0, 1, 10);
        double window = (double) windowSeconds;
        double ofTen = 10 * window / Math.max(limit, 1);
        return Math.max(some, Math.min(ofTen, Math.min(window, MAX_MEMORY_SECONDS))) * 1000;
    }

    /** Times in the future do not count either: the clock may have been set back. */
    private static boolean isRecent(long at, long now) {
        return Math.abs(now - at) < DEPARTED_AFTER.toMillis();
    }

    private static final class Peer {
        private final Map<Long, PeerUsage> usages = new ConcurrentHashMap<>();
        private volatile long sequence = Long.MIN_VALUE;
        private volatile long receivedAt;
        private volatile boolean departed;

        Peer() {
            departed = true;
        }

        void apply(UsageRecord record, long now) {
            sequence = record.sequence();
            for (Usage usage : record.usages()) {
                if (usages.size() < MAX_USAGES_OF_PEER || usages.containsKey(usage.bucket())) {
                    usages.merge(usage.bucket(), new PeerUsage(usage, now, null), PeerUsage::followedBy);
                }
            }
        }

        boolean isAlive(long now) {
            return !departed && isRecent(receivedAt, now);
        }
    }

    /**
     * The newest usage of a limit, and the one of the window before: clocks differ, so gateways change windows at different
     * times.
     */
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
