package dev.resentry.processing.symbolicate;

/** Cuts a line of code to what helps people. */
final class LineCut {
    private static final int MAX_LENGTH = 140;
    private static final String MARK = "{snip}";

    /** So much of what is in front of the column is kept. */
    private static final int IN_FRONT = 60;

    private LineCut() {}

    /** The part of a line around a column, marked where something is missing. */
    static String around(String line, int column) {
        if (line.length() <= MAX_LENGTH) {
            return line;
        }
        int start = Math.max(0, Math.min(column - IN_FRONT, line.length() - MAX_LENGTH));
        int end = start + MAX_LENGTH;
        if (start > 0 && Character.isLowSurrogate(line.charAt(start))) {
            start++;
        }
        if (end < line.length() && Character.isLowSurrogate(line.charAt(end))) {
            end--;
        }
        String cut = line.substring(start, end);
        return (start > 0 ? MARK + " " : "") + cut + (end < line.length() ? " " + MARK : "");
    }
}
