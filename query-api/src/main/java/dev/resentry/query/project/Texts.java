package dev.resentry.query.project;

/** What texts that people give to things may hold. */
final class Texts {
    static final String ONE_LINE = "\\P{Cntrl}*";
    static final String ONE_LINE_RULE = "expected: one line without control characters";
    static final String FILLED_LINE = "\\P{Cntrl}*\\S\\P{Cntrl}*";
    static final String FILLED_LINE_RULE = "expected: one line without control characters, and not blank";

    private Texts() {}
}
