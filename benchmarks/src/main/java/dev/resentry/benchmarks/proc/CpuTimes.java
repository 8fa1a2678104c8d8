package dev.resentry.benchmarks.proc;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processor time of a JVM and a PostgreSQL up to a moment, by thread and by process. */
public final class CpuTimes {
    private final long jvmTicks;
    private final Map<Long, ProcStat> threads;
    private final Postgres postgres;

    private CpuTimes(long jvmTicks, Map<Long, ProcStat> threads, Postgres postgres) {
        this.jvmTicks = jvmTicks;
        this.threads = threads;
        this.postgres = postgres;
    }

    /** Processes of a PostgreSQL; what has ended is in the ticks that its first process has reaped. */
    private record Postgres(long root, long reapedTicks, Map<Long, Long> ticks, Map<Long, Role> roles) {
        static Postgres now(long root) throws IOException {
            List<ProcStat> members = new ProcessTree(root).members();
            Map<Long, Long> ticks = new HashMap<>();
            Map<Long, Role> roles = new HashMap<>();
            long reaped = 0;
            for (ProcStat member : members) {
                ticks.put(member.id(), member.ticks());
                roles.put(member.id(), Role.of(ProcessTree.title(member.id())));
                reaped += member.id() == root ? member.reapedTicks() : 0;
            }
            return new Postgres(root, reaped, ticks, roles);
        }
    }

    /** Seconds between two moments, by what they were used for; nothing that used none. */
    public record Used(double jvm, double postgres, Map<Role, Double> byRole) {
        public double total() {
            return jvm + postgres;
        }
    }

    /** Up to now. */
    public static CpuTimes of(long jvm, long postmaster) throws IOException {
        Map<Long, ProcStat> threads = new HashMap<>();
        // The threads first: what they use until the whole is read counts to those that have ended.
        for (ProcStat thread : ProcessTree.threads(jvm)) {
            threads.put(thread.id(), thread);
        }
        long ticks = new ProcessTree(jvm)
                .members().stream()
                        .filter(process -> process.id() == jvm)
                        .mapToLong(ProcStat::ticks)
                        .sum();
        return new CpuTimes(ticks, threads, Postgres.now(postmaster));
    }

    /** Seconds that the threads of a JVM which live now have used so far, by what they are for. */
    public static Map<Role, Double> ofThreads(long jvm) throws IOException {
        Map<Role, Double> seconds = new EnumMap<>(Role.class);
        for (ProcStat thread : ProcessTree.threads(jvm)) {
            seconds.merge(Role.of(thread.name()), thread.ticks() / ProcStat.TICKS_PER_SECOND, Double::sum);
        }
        return seconds;
    }

    public Used since(CpuTimes before) {
        Map<Role, Long> ticks = new EnumMap<>(Role.class);
        long ofThreads = 0;
        for (ProcStat thread : threads.values()) {
            ProcStat earlier = before.threads.get(thread.id());
            long used = thread.ticks() - (earlier == null ? 0 : earlier.ticks());
            ticks.merge(Role.of(thread.name()), used, Long::sum);
            ofThreads += used;
        }
        long jvm = jvmTicks - before.jvmTicks;
        long ended = Math.max(0, jvm - ofThreads);
        long ofPostgres = 0;
        for (Map.Entry<Long, Long> process : postgres.ticks.entrySet()) {
            long used = process.getValue() - before.postgres.ticks.getOrDefault(process.getKey(), 0L);
            ticks.merge(postgres.roles.getOrDefault(process.getKey(), Role.OTHER), used, Long::sum);
            ofPostgres += used;
        }
        long goneBefore = before.postgres.ticks.entrySet().stream()
                .filter(process -> !postgres.ticks.containsKey(process.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long gone = Math.max(0, postgres.reapedTicks - before.postgres.reapedTicks - goneBefore);
        ticks.merge(Role.ENDED, ended + gone, Long::sum);
        Map<Role, Double> seconds = new EnumMap<>(Role.class);
        ticks.forEach((role, used) -> {
            if (used > 0) {
                seconds.put(role, used / ProcStat.TICKS_PER_SECOND);
            }
        });
        return new Used(jvm / ProcStat.TICKS_PER_SECOND, (ofPostgres + gone) / ProcStat.TICKS_PER_SECOND, seconds);
    }
}
