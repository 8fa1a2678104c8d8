package dev.resentry.model.project;

import java.util.Optional;

/** The number of a project, as it stands in the path of an ingest URL. SDKs take it apart as decimal digits. */
public record ProjectId(long value) implements Comparable<ProjectId> {

    public ProjectId {
        if (value < 1) {
            throw new IllegalArgumentException("project id: %d (expected: >= 1)".formatted(value));
        }
    }

    /** Reads decimal digits. Empty for anything else, and for what does not fit. */
    public static Optional<ProjectId> parse(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return Optional.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return Optional.empty();
            }
            value = value * 10 + (c - '0');
        }
        return value == 0 ? Optional.empty() : Optional.of(new ProjectId(value));
    }

    @Override
    public int compareTo(ProjectId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
