package dev.resentry.benchmarks.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A line of {@code /proc/PID/stat}, or of a thread's.
 *
 * @param name at most 15 characters
 * @param ticks of processor time that it used itself, hundredths of a second
 * @param reapedTicks that its children used which have ended
 */
public record ProcStat(long id, String name, long parent, long ticks, long reapedTicks) {
    public static final double TICKS_PER_SECOND = 100;

    /** Names may hold blanks and parentheses; numbers follow behind the last parenthesis. */
    static ProcStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        String[] fields = line.substring(close + 2).trim().split(" ");
        return new ProcStat(
                Long.parseLong(line.substring(0, open).trim()),
                line.substring(open + 1, close),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    }

    /** Of a directory such as {@code /proc/1} or {@code /proc/1/task/1}; empty if it has ended. */
    static Optional<ProcStat> read(Path directory) throws IOException {
        try {
            return Optional.of(parse(Files.readString(directory.resolve("stat"))));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            // It ended between the opening and the reading.
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
