package dev.resentry.benchmarks.proc;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A process and all that descend from it. */
public record ProcessTree(long root) {
    private static final Path PROC = Path.of("/proc");

    /** Those that live now, the root first. */
    public List<ProcStat> members() throws IOException {
        List<ProcStat> all = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path directory : directories) {
                ProcStat.read(directory).ifPresent(all::add);
            }
        }
        List<ProcStat> members = new ArrayList<>();
        var open = new ArrayDeque<Long>(List.of(root));
        while (!open.isEmpty()) {
            long id = open.remove();
            for (ProcStat process : all) {
                if (process.id() == id) {
                    members.add(process);
                } else if (process.parent() == id) {
                    open.add(process.id());
                }
            }
        }
        return members;
    }

    /** The memory of one process, where what several share counts to each in part; 0 if it has ended. Bytes. */
    public static long proportionalBytes(long process) throws IOException {
        try {
            for (String line : Files.readAllLines(PROC.resolve(process + "/smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
            return 0;
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return 0;
            }
            throw e;
        }
    }

    /** What a process calls itself, as PostgreSQL's do ({@code postgres: walwriter}). */
    static String title(long process) throws IOException {
        try {
            return Files.readString(PROC.resolve(process + "/cmdline"))
                    .replace('\0', ' ')
                    .strip();
        } catch (NoSuchFileException _) {
            return "";
        }
    }

    /** The threads of a process. */
    static List<ProcStat> threads(long process) throws IOException {
        List<ProcStat> threads = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(PROC.resolve(process + "/task"))) {
            for (Path directory : directories) {
                ProcStat.read(directory).ifPresent(threads::add);
            }
        }
        return threads;
    }
}
