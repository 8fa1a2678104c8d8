package dev.resentry.benchmarks.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What all cores of the machine did up to a moment, whoever used them, in hundredths of a second.
 *
 * @param waiting idle while something waited for the disk
 */
public record MachineTimes(long busy, long idle, long waiting) {
    public static MachineTimes now() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            return parse(lines.findFirst().orElseThrow());
        }
    }

    /** The first line of {@code /proc/stat}: user, nice, system, idle, iowait, irq, softirq, steal. */
    static MachineTimes parse(String line) {
        String[] fields = line.strip().split("\\s+");
        long all = 0;
        for (int i = 1; i <= 8; i++) {
            all += Long.parseLong(fields[i]);
        }
        long idle = Long.parseLong(fields[4]);
        long waiting = Long.parseLong(fields[5]);
        return new MachineTimes(all - idle - waiting, idle, waiting);
    }

    public MachineTimes since(MachineTimes before) {
        return new MachineTimes(busy - before.busy, idle - before.idle, waiting - before.waiting);
    }

    /** From 0 to 1. */
    public double idleShare() {
        return (double) idle / Math.max(1, busy + idle + waiting);
    }

    /** From 0 to 1. */
    public double waitingShare() {
        return (double) waiting / Math.max(1, busy + idle + waiting);
    }
}
