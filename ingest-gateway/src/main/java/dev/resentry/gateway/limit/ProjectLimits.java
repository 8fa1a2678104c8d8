package dev.resentry.gateway.limit;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import dev.resentry.model.wire.UsageRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The limits of a project, laid out for asking them often. */
final class ProjectLimits {
    private static final long IDLE_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final long MAX_WINDOW_SECONDS = Duration.ofDays(366).toSeconds();
    private static final int MAX_REASON = 64;

    private final long revision;
    private final List<Limit> ofProject;
    private final Map<PublicKey, List<Limit>> ofKeys;
    private final Set<DataCategory> countedOfProject;
    private final Map<PublicKey, Set<DataCategory>> countedOfKeys;
    private final Map<Long, Bucket> buckets;
    private volatile long lastUse;

    private ProjectLimits(
            long revision,
            List<Limit> ofProject,
            Map<PublicKey, List<Limit>> ofKeys,
            Map<Long, Bucket> buckets,
            long now) {
        this.revision = revision;
        this.ofProject = List.copyOf(ofProject);
        this.ofKeys = Map.copyOf(ofKeys);
        this.countedOfProject = counted(ofProject);
        this.countedOfKeys = ofKeys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> counted(entry.getValue())));
        this.buckets = Map.copyOf(buckets);
        this.lastUse = now;
    }

    /**
     * One limit.
     *
     * @param categories none means everything
     * @param counted what of it is counted
     * @param bucket what it counts; none if it refuses all
     */
    record Limit(
            Set<DataCategory> categories,
            EnumSet<DataCategory> counted,
            Scope scope,
            String reasonCode,
            @Nullable Bucket bucket) {
        boolean covers(DataCategory category) {
            return counted.contains(category);
        }
    }

    /** The limits of a version of a project; what was counted for the version before goes on. */
    static ProjectLimits of(
            ProjectConfig project,
            Optional<Quota> byDefault,
            UUID self,
            PeerGateways peers,
            @Nullable ProjectLimits before,
            long now) {
        Map<Long, Bucket> old = before == null ? Map.of() : before.buckets;
        Map<Long, Bucket> buckets = new HashMap<>();
        List<Limit> ofProject = new ArrayList<>();
        quotas(project, byDefault)
                .forEach(quota -> ofProject.add(limit(project, null, quota, self, peers, old, buckets, now)));
        Map<PublicKey, List<Limit>> ofKeys = new HashMap<>();
        for (ProjectConfig.Key key : project.keys()) {
            if (!key.quotas().isEmpty()) {
                List<Limit> all = new ArrayList<>(ofProject);
                for (Quota quota : key.quotas()) {
                    all.add(limit(project, key.publicKey(), quota, self, peers, old, buckets, now));
                }
                ofKeys.put(key.publicKey(), List.copyOf(all));
            }
        }
        return new ProjectLimits(project.revision(), ofProject, ofKeys, buckets, now);
    }

    /** A limit that a spike has set stands beside the default, as beside what people have set. */
    private static List<Quota> quotas(ProjectConfig project, Optional<Quota> byDefault) {
        List<Quota> quotas = new ArrayList<>(project.quotas());
        if (quotas.stream().allMatch(Quota::isOfSpike)) {
            byDefault.ifPresent(quota -> quotas.addFirst(quota));
        }
        return quotas;
    }

    private static Set<DataCategory> counted(List<Limit> limits) {
        Set<DataCategory> counted = EnumSet.noneOf(DataCategory.class);
        limits.forEach(limit -> counted.addAll(limit.counted()));
        return Collections.unmodifiableSet(counted);
    }

    /** Of everything, neither the bytes of attachments nor of logs: they would drown what is counted in pieces. */
    private static EnumSet<DataCategory> countedBy(Quota quota) {
        if (!quota.categories().isEmpty()) {
            return EnumSet.copyOf(quota.categories());
        }
        return quota.limit() == 0
                ? EnumSet.allOf(DataCategory.class)
                : EnumSet.complementOf(EnumSet.of(DataCategory.ATTACHMENT, DataCategory.LOG_BYTE));
    }

    private static Limit limit(
            ProjectConfig project,
            @Nullable PublicKey key,
            Quota quota,
            UUID self,
            PeerGateways peers,
            Map<Long, Bucket> old,
            Map<Long, Bucket> buckets,
            long now) {
        Bucket bucket = null;
        if (quota.limit() > 0) {
            long id = UsageRecord.bucket(project.id(), key, quota);
            while (buckets.containsKey(id)) {
                // Two limits that differ only in their quantity have the same id; each needs a counter of its own.
                id++;
            }
            bucket = old.get(id);
            if (bucket == null) {
                bucket = new Bucket(
                        id, Math.min(quota.window().toSeconds(), MAX_WINDOW_SECONDS), quota.limit(), self, peers);
            } else {
                bucket.changeLimit(quota.limit(), now);
            }
            buckets.put(id, bucket);
        }
        return new Limit(
                quota.categories(),
                countedBy(quota),
                key == null ? Scope.PROJECT : Scope.KEY,
                headerWord(quota.reasonCode()),
                bucket);
    }

    boolean isOf(ProjectConfig project) {
        return revision == project.revision();
    }

    List<Limit> of(PublicKey key) {
        return ofKeys.isEmpty() ? ofProject : ofKeys.getOrDefault(key, ofProject);
    }

    Set<DataCategory> counted(PublicKey key) {
        return countedOfKeys.getOrDefault(key, countedOfProject);
    }

    void used(long now) {
        // Written once a second at most, as all threads share it.
        if (Math.abs(now - lastUse) > 1000) {
            lastUse = now;
        }
    }

    /** Whether nothing is lost if this is made anew when it is next asked for. */
    boolean isForgettable(long now) {
        return now - lastUse > IDLE_MILLIS && buckets.values().stream().allMatch(bucket -> bucket.isExpired(now));
    }

    Collection<Bucket> buckets() {
        return buckets.values();
    }

    /** A reason may be any text, and stands in a header between colons and commas. */
    private static String headerWord(String reason) {
        String word = reason.replaceAll("[^A-Za-z0-9_.-]", "_");
        return word.substring(0, Math.min(word.length(), MAX_REASON));
    }
}
