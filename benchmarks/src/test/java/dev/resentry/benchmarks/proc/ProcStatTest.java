package dev.resentry.benchmarks.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What Linux says of processes and threads, as it is read. */
class ProcStatTest {
    @Test
    void timesAreFoundBehindANameWithBlanksAndParentheses() {
        ProcStat stat =
                ProcStat.parse("4711 (C2 (Compiler) T) S 17 1 1 0 -1 4194560 9 8 7 6 250 50 30 4 20 0 31 0 99\n");

        assertThat(stat).isEqualTo(new ProcStat(4711, "C2 (Compiler) T", 17, 300, 34));
    }

    @Test
    void aTreeHasItsRootAndWhatDescendsFromIt() throws IOException {
        Process child = new ProcessBuilder("sleep", "60").start();
        try {
            assertThat(new ProcessTree(ProcessHandle.current().pid()).members())
                    .extracting(ProcStat::id)
                    .startsWith(ProcessHandle.current().pid())
                    .contains(child.pid());
            assertThat(ProcessTree.title(child.pid())).isEqualTo("sleep 60");
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() throws IOException, InterruptedException {
        Process child = new ProcessBuilder("true").start();
        child.waitFor();

        assertThat(ProcessTree.proportionalBytes(child.pid())).isZero();
        assertThat(ProcessTree.proportionalBytes(ProcessHandle.current().pid())).isPositive();
    }

    @Test
    void threadsAndProcessesAreToldByTheBeginningsOfTheirNames() {
        assertThat(Role.of("http-1-2")).isEqualTo(Role.GATEWAY);
        assertThat(Role.of("data-plane-kafk")).isEqualTo(Role.BROKER);
        assertThat(Role.of("kafka-producer-")).isEqualTo(Role.PRODUCERS);
        assertThat(Role.of("decoder-2")).isEqualTo(Role.DECODERS);
        assertThat(Role.of("C2 CompilerThre")).isEqualTo(Role.COMPILER);
        assertThat(Role.of("VM Thread")).isEqualTo(Role.GARBAGE_COLLECTOR);
        assertThat(Role.of("postgres: resentry resentry 127.0.0.1(55012) COMMIT"))
                .isEqualTo(Role.BACKENDS);
        assertThat(Role.of("postgres: walwriter")).isEqualTo(Role.WRITE_AHEAD_LOG);
        assertThat(Role.of("somebody")).isEqualTo(Role.OTHER);
    }

    @Test
    void timeOfThreadsIsTheirProcessesTime() throws IOException {
        long self = ProcessHandle.current().pid();
        CpuTimes before = CpuTimes.of(self, self);
        long end = System.nanoTime() + 300_000_000;
        long spins = 0;
        while (System.nanoTime() < end) {
            spins++;
        }

        CpuTimes.Used used = CpuTimes.of(self, self).since(before);

        assertThat(spins).isPositive();
        assertThat(used.jvm()).isPositive();
        assertThat(used.byRole().values())
                .allSatisfy(seconds -> assertThat(seconds).isPositive());
    }
}
