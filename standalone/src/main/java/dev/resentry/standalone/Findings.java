package dev.resentry.standalone;

import java.io.PrintStream;

/** What the doctor finds, a line for each. */
final class Findings {
    private final PrintStream out;
    private int failures;

    Findings(PrintStream out) {
        this.out = out;
    }

    void good(String what, String finding) {
        out.printf("ok    %-9s %s%n", what, finding);
    }

    /** What works, and would not if something more went wrong. */
    void doubtful(String what, String finding) {
        out.printf("warn  %-9s %s%n", what, finding);
    }

    void bad(String what, String finding) {
        failures++;
        out.printf("FAIL  %-9s %s%n", what, finding);
    }

    int failures() {
        return failures;
    }
}
