package dev.resentry.model.release;

import java.math.BigInteger;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The precedence of semantic versioning as its specification words it, part by part. */
final class PlainComparison {
    private static final Comparator<SemanticVersion> NUMBERS = Comparator.comparingLong(SemanticVersion::major)
            .thenComparingLong(SemanticVersion::minor)
            .thenComparingLong(SemanticVersion::patch)
            .thenComparingLong(SemanticVersion::revision);

    private PlainComparison() {}

    static int compare(SemanticVersion one, SemanticVersion other) {
        int byNumbers = NUMBERS.compare(one, other);
        if (byNumbers != 0) {
            return byNumbers;
        }
        int byPreRelease = preRelease(one.pre(), other.pre());
        return byPreRelease != 0 ? byPreRelease : build(one.buildCode(), other.buildCode());
    }

    private static int preRelease(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        return identifiers(one, other);
    }

    private static int build(@Nullable String one, @Nullable String other) {
        boolean oneCounts = one != null && one.matches("[0-9.]+");
        boolean otherCounts = other != null && other.matches("[0-9.]+");
        return oneCounts && otherCounts ? identifiers(one, other) : Boolean.compare(oneCounts, otherCounts);
    }

    private static int identifiers(String one, String other) {
        String[] ones = one.split("\\.");
        String[] others = other.split("\\.");
        for (int i = 0; i < Math.min(ones.length, others.length); i++) {
            int byIdentifier = identifier(ones[i], others[i]);
            if (byIdentifier != 0) {
                return byIdentifier;
            }
        }
        return Integer.compare(ones.length, others.length);
    }

    private static int identifier(String one, String other) {
        boolean oneIsNumber = one.matches("[0-9]+");
        boolean otherIsNumber = other.matches("[0-9]+");
        if (oneIsNumber && otherIsNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return oneIsNumber == otherIsNumber ? one.compareTo(other) : Boolean.compare(otherIsNumber, oneIsNumber);
    }
}
