package dev.resentry.model.uptime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The HTTP status codes that an uptime check takes for an answer that is well. */
public record ExpectedStatus(List<Range> ranges) {
    /** What a check expects that says nothing else. */
    public static final String STANDARD = "200-299";

    private static final int MOST = 20;
    private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})(?:\\s*-\\s*([1-5][0-9]{2}))?");

    public ExpectedStatus {
        ranges = List.copyOf(ranges);
    }

    /** Status codes from one to another, both included. */
    public record Range(int from, int to) {
        @Override
        public String toString() {
            return from == to ? Integer.toString(from) : "%d-%d".formatted(from, to);
        }
    }

    /**
     * Reads a list such as {@code 200-299,301}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ExpectedStatus parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw malformed(part.strip());
            }
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            if (to < from) {
                throw malformed(part.strip());
            }
            ranges.add(new Range(from, to));
        }
        if (ranges.size() > MOST) {
            throw new IllegalArgumentException("%d ranges (at most: %d)".formatted(ranges.size(), MOST));
        }
        return new ExpectedStatus(ranges);
    }

    private static IllegalArgumentException malformed(String part) {
        return new IllegalArgumentException(
                "'%s' (expected: status codes from 100 to 599, such as 200-299,301)".formatted(part));
    }

    public boolean contains(int status) {
        return ranges.stream().anyMatch(range -> status >= range.from() && status <= range.to());
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }
}
