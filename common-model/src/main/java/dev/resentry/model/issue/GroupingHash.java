package dev.resentry.model.issue;

import java.util.Comparator;
import java.util.HexFormat;

/**
 * What decides which issue an event belongs to: two events of a project with equal hashes share their issue.
 *
 * @param strategy the id of the rules that made the hash; hashes of different strategies never meet
 * @param hex 16 bytes as lower-case hex digits
 */
public record GroupingHash(String strategy, String hex) implements Comparable<GroupingHash> {
    private static final Comparator<GroupingHash> ORDER =
            Comparator.comparing(GroupingHash::strategy).thenComparing(GroupingHash::hex);

    public GroupingHash {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("hash: %d hex digits (expected: 32)".formatted(hex.length()));
        }
    }

    /** The 16 bytes. */
    public byte[] toByteArray() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(GroupingHash other) {
        return ORDER.compare(this, other);
    }
}
