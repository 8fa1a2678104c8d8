package dev.resentry.gateway.limit;

import dev.resentry.gateway.limit.ProjectLimits.Limit;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import dev.resentry.model.wire.UsageRecord;
import dev.resentry.model.wire.UsageRecord.Usage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Limits that hold for all gateways together. Each decides alone, from memory, within its reservation of a limit; reservations
 * follow the demand that gateways publish. A gateway that knows of no other has the whole limit. Nothing here waits:
 * {@link #publish} is to be called some times a second, {@link #receive} with each record of another gateway. If records are
 * lost, more is admitted than the limits say, never less.
 */
public final class ClusterRateLimits implements RateLimits {
    /** How often {@link #publish} is to be called. */
    public static final Duration PUBLISH_EVERY = Duration.ofMillis(200);

    private static final long HEARTBEAT_MILLIS = Duration.ofSeconds(1).toMillis();

    /** Of a gateway that knows of no other: whoever comes says so, and is answered at once. */
    private static final long LONE_HEARTBEAT_MILLIS = Duration.ofSeconds(3).toMillis();

    private static final long REPUBLISH_ALL_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final long REFUSE_ALL_SECONDS = 60;

    private final Optional<Quota> byDefault;
    private final InstantSource clock;
    private final UUID self;
    private final PeerGateways peers;
    private final Map<ProjectId, ProjectLimits> projects = new ConcurrentHashMap<>();
    private volatile boolean gatewayJoined = true;
    private volatile Runnable onDemand = () -> {};
    private long sequence;
    private long publishedAt = Long.MIN_VALUE / 2;
    private long allPublishedAt = Long.MIN_VALUE / 2;

    /**
     * @param self names this run of the gateway, and no other
     */
    public ClusterRateLimits(LimitSettings settings, InstantSource clock, UUID self) {
        this.byDefault = settings.defaultQuota();
        this.clock = clock;
        this.self = self;
        this.peers = new PeerGateways(self);
    }

    @Override
    public Decision admit(ProjectConfig project, PublicKey key, Map<DataCategory, Long> quantities) {
        ProjectLimits ofProject = of(project);
        List<Limit> limits = ofProject.of(key);
        if (limits.isEmpty()) {
            return Decision.ADMITTED;
        }
        long now = clock.millis();
        ofProject.used(now);
        Set<DataCategory> limited = EnumSet.noneOf(DataCategory.class);
        List<Limit> refusing = new ArrayList<>(0);
        for (Map.Entry<DataCategory, Long> asked : quantities.entrySet()) {
            Limit first = firstRefusing(limits, asked.getKey(), Math.max(asked.getValue(), 0), now);
            if (first != null) {
                limited.add(asked.getKey());
                refusing.add(first);
            }
        }
        List<ActiveLimit> active = active(limits, refusing, now);
        return limited.isEmpty() && active.isEmpty() ? Decision.ADMITTED : new Decision(limited, active);
    }

    @Override
    public Set<DataCategory> counted(ProjectConfig project, PublicKey key) {
        return of(project).counted(key);
    }

    @Override
    public void refund(ProjectConfig project, PublicKey key, Map<DataCategory, Long> quantities, long admittedAt) {
        ProjectLimits known = projects.get(project.id());
        if (known == null || !known.isOf(project)) {
            // Limits that have changed since need not have counted it.
            return;
        }
        for (Limit limit : known.of(key)) {
            Bucket bucket = limit.bucket();
            if (bucket != null) {
                quantities.forEach((category, quantity) -> {
                    if (limit.covers(category)) {
                        bucket.refund(quantity, admittedAt);
                    }
                });
            }
        }
    }

    /** The records to publish now, mostly one or none. Called by one thread at a time. */
    public List<UsageRecord> publish() {
        long now = clock.millis();
        boolean all = gatewayJoined || now - allPublishedAt >= REPUBLISH_ALL_MILLIS || now < allPublishedAt;
        gatewayJoined = false;
        allPublishedAt = all ? now : allPublishedAt;
        peers.forgetExpired(now);
        List<Usage> usages = new ArrayList<>();
        projects.forEach((id, project) -> {
            if (project.isForgettable(now)) {
                projects.remove(id, project);
            }
            for (Bucket bucket : project.buckets()) {
                Usage usage = bucket.settle(now, all, sequence + 1);
                if (usage != null) {
                    usages.add(usage);
                }
            }
        });
        long beat = otherGateways() == 0 ? LONE_HEARTBEAT_MILLIS : HEARTBEAT_MILLIS;
        if (usages.isEmpty() && !all && now - publishedAt < beat && now >= publishedAt) {
            return List.of();
        }
        publishedAt = now;
        List<UsageRecord> records = records(usages, false);
        if (all) {
            records.addAll(peers.departedUsage(now));
        }
        return records;
    }

    private List<UsageRecord> records(List<Usage> usages, boolean leaving) {
        List<UsageRecord> records = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(usages.size(), from + UsageRecord.MAX_USAGES);
            records.add(new UsageRecord(self, ++sequence, leaving && to == usages.size(), usages.subList(from, to)));
            from = to;
        } while (from < usages.size());
        return records;
    }

    /** Has {@link #publish} called soon when there is something to publish behind a pause of {@link #isQuiet}; must not block. */
    void onDemand(Runnable listener) {
        onDemand = listener;
    }

    /** Whether nobody has sent anything lately, so that there is nothing to publish but a sign of life. */
    boolean isQuiet() {
        return projects.isEmpty() && !gatewayJoined;
    }

    /** Applies a record of a gateway, also of this one. Called by one thread at a time. */
    public void receive(UsageRecord record) {
        if (peers.receive(record, clock.millis())) {
            gatewayJoined = true;
            onDemand.run();
        }
    }

    /**
     * Applies a record from before this gateway started: what it admitted counts; whether its gateway is alive is not known yet.
     */
    public void replay(UsageRecord record) {
        peers.replay(record);
    }

    /** The last records to publish: what this gateway admitted, and that it has departed, which frees its reservations. */
    public List<UsageRecord> finalUsage() {
        List<Usage> usages = new ArrayList<>();
        long now = clock.millis();
        projects.values()
                .forEach(project -> project.buckets().forEach(bucket -> {
                    Usage usage = bucket.settle(now, true, sequence + 1);
                    if (usage != null) {
                        usages.add(usage);
                    }
                }));
        return records(usages, true);
    }

    /** How many gateways there are, as far as is known; this one is among them. */
    public int gateways() {
        return otherGateways() + 1;
    }

    /** Whether this gateway receives its own records, so that limits are shared; otherwise each gateway limits alone. */
    public boolean isSharing() {
        return peers.isEchoing(clock.millis());
    }

    /** For how many limits something is remembered, of this gateway and of others. */
    int remembered() {
        return peers.remembered()
                + projects.values().stream()
                        .mapToInt(project -> project.buckets().size())
                        .sum();
    }

    /** How many other gateways are alive, as far as is known. */
    int otherGateways() {
        return peers.alive(clock.millis());
    }

    private ProjectLimits of(ProjectConfig project) {
        ProjectLimits known = projects.get(project.id());
        return known != null && known.isOf(project) ? known : update(project);
    }

    private ProjectLimits update(ProjectConfig project) {
        long now = clock.millis();
        boolean wasQuiet = projects.isEmpty();
        ProjectLimits updated = projects.compute(
                project.id(),
                (_, before) -> before != null && before.isOf(project)
                        ? before
                        : ProjectLimits.of(project, byDefault, self, peers, before, now));
        if (wasQuiet) {
            onDemand.run();
        }
        return updated;
    }

    /** Counts the quantity with all limits, or with none and says which does not let it through. */
    private static @Nullable Limit firstRefusing(List<Limit> limits, DataCategory category, long quantity, long now) {
        for (Limit limit : limits) {
            if (limit.bucket() != null && limit.covers(category)) {
                limit.bucket().countDemand(quantity);
            }
        }
        for (int i = 0; i < limits.size(); i++) {
            Limit limit = limits.get(i);
            if (limit.covers(category)
                    && (limit.bucket() == null || !limit.bucket().take(quantity, now))) {
                for (int j = 0; j < i; j++) {
                    Bucket taken = limits.get(j).bucket();
                    if (taken != null && limits.get(j).covers(category)) {
                        taken.refund(quantity, now);
                    }
                }
                return limit;
            }
        }
        return null;
    }

    private static List<ActiveLimit> active(List<Limit> limits, List<Limit> refusing, long now) {
        List<ActiveLimit> active = List.of();
        for (Limit limit : limits) {
            Bucket bucket = limit.bucket();
            if (bucket == null || bucket.isExhausted(now) || refusing.contains(limit)) {
                if (active.isEmpty()) {
                    active = new ArrayList<>();
                }
                active.add(new ActiveLimit(
                        limit.categories(),
                        limit.scope(),
                        bucket == null ? REFUSE_ALL_SECONDS : bucket.retryAfterSeconds(now),
                        limit.reasonCode()));
            }
        }
        return active;
    }
}
