package dev.resentry.standalone;

import java.io.PrintStream;

/** Tells on the screen how far a start has come. */
final class Progress {
    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    void done(String what) {
        out.printf("  %4.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }
}
