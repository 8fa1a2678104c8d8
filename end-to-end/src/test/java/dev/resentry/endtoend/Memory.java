package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the kernel says a JVM has in memory, now and at the most, and what of its heap is in use. */
record Memory(long residentKib, long highestKib, long liveHeapKib) {
    private static final Pattern USED = Pattern.compile("(?:DefNew|Tenured) .* used (\\d+)K");

    static Memory of(long pid) {
        return new Memory(read(pid, "VmRSS:"), read(pid, "VmHWM:"), liveHeap(pid));
    }

    private static long liveHeap(long pid) {
        ask(pid, "GC.run");
        return USED.matcher(ask(pid, "GC.heap_info"))
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }

    private static String ask(long pid, String command) {
        try {
            String jcmd = Path.of(ServiceProcess.java()).resolveSibling("jcmd").toString();
            Process asked = new ProcessBuilder(jcmd, Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(asked.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long read(long pid, String name) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
