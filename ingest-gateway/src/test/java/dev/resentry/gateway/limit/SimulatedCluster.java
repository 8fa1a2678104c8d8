package dev.resentry.gateway.limit;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.wire.UsageRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;

/**
 * Gateways that hear each other after a delay, in a time of their own that runs as fast as the machine can. Every gateway may
 * have a clock that goes wrong by some milliseconds.
 */
final class SimulatedCluster {
    static final PublicKey KEY = new PublicKey("e12d836b15bb49d7bbf99e64295d995b");

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    private static final int STEP_MILLIS = 10;

    private final Random random;
    private final long delayMillis;
    private final List<Gateway> gateways = new ArrayList<>();
    private final PriorityQueue<Message> messages = new PriorityQueue<>(
            (a, b) -> a.arrives == b.arrives ? Long.compare(a.number, b.number) : Long.compare(a.arrives, b.arrives));
    private final Map<Long, Long> admittedByWindow = new HashMap<>();
    private boolean exchangeLost;
    private long numbers;
    private long now = START.toEpochMilli();

    private record Message(long arrives, long number, UsageRecord record) {}

    SimulatedCluster(long seed, long delayMillis) {
        this.random = new Random(seed);
        this.delayMillis = delayMillis;
    }

    final class Gateway {
        private final long skewMillis;
        private final ClusterRateLimits limits;
        private long nextPublish;
        private boolean alive = true;
        private double owed;

        Gateway(long skewMillis) {
            this.skewMillis = skewMillis;
            this.nextPublish = now + random.nextInt(200);
            this.limits = new ClusterRateLimits(
                    LimitSettings.UNLIMITED,
                    () -> Instant.ofEpochMilli(now + skewMillis),
                    new UUID(random.nextLong(), random.nextLong()));
        }

        ClusterRateLimits limits() {
            return limits;
        }

        void die() {
            alive = false;
        }

        void leave() {
            alive = false;
            limits.finalUsage().forEach(record -> messages.add(new Message(now + delayMillis, numbers++, record)));
        }

        Decision ask(ProjectConfig project, DataCategory category, long quantity) {
            return limits.admit(project, KEY, Map.of(category, quantity));
        }
    }

    /** How many events of a project come to each gateway in a second. */
    interface Load {
        double perSecond(int gateway, double seconds);
    }

    Gateway join() {
        return join(0);
    }

    Gateway join(long skewMillis) {
        var gateway = new Gateway(skewMillis);
        gateways.add(gateway);
        return gateway;
    }

    void loseExchange() {
        exchangeLost = true;
    }

    void findExchange() {
        exchangeLost = false;
    }

    /** Lets time pass under a load; some events come in bunches, as they do. */
    void run(Duration time, ProjectConfig project, Load load) {
        long begin = now;
        long windowMillis = project.quotas().isEmpty()
                ? 60_000
                : project.quotas().getFirst().window().toMillis();
        while (now < begin + time.toMillis()) {
            now += STEP_MILLIS;
            while (!messages.isEmpty() && messages.peek().arrives <= now) {
                UsageRecord record = messages.remove().record;
                gateways.stream().filter(g -> g.alive).forEach(g -> g.limits.receive(record));
            }
            for (int i = 0; i < gateways.size(); i++) {
                Gateway gateway = gateways.get(i);
                if (gateway.alive) {
                    offer(gateway, project, load.perSecond(i, (now - begin) / 1000.0), windowMillis);
                    publish(gateway);
                }
            }
        }
    }

    /** How much went through in the n-th window of the project since the start. */
    long admitted(ProjectConfig project, int window) {
        long millis = project.quotas().getFirst().window().toMillis();
        return admittedByWindow.getOrDefault(START.toEpochMilli() / millis + window, 0L);
    }

    private void offer(Gateway gateway, ProjectConfig project, double perSecond, long windowMillis) {
        gateway.owed += -Math.log(1 - random.nextDouble()) * perSecond * STEP_MILLIS / 1000;
        for (; gateway.owed >= 1; gateway.owed--) {
            if (gateway.ask(project, DataCategory.ERROR, 1).limited().isEmpty()) {
                admittedByWindow.merge((now + gateway.skewMillis) / windowMillis, 1L, Long::sum);
            }
        }
    }

    private void publish(Gateway gateway) {
        if (now >= gateway.nextPublish) {
            gateway.nextPublish = now + ClusterRateLimits.PUBLISH_EVERY.toMillis();
            for (UsageRecord record : gateway.limits.publish()) {
                if (!exchangeLost) {
                    UsageRecord carried = UsageRecord.read(record.value()).orElseThrow();
                    messages.add(new Message(now + delayMillis, numbers++, carried));
                }
            }
        }
    }
}
