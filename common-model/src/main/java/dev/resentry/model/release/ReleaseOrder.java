package dev.resentry.model.release;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which of two releases of one project is the newer one: the greater. No two releases of different versions are equal. */
public enum ReleaseOrder implements Comparator<DatedRelease> {
    /**
     * By semantic versioning, and by date where it knows no order. Releases of other versions, which are those of before the
     * project had any, are below all, by date; anywhere else among them the order would run in circles.
     */
    SEMVER {
        @Override
        public int compare(DatedRelease one, DatedRelease other) {
            int byVersion = sortKey(one.version()).compareTo(sortKey(other.version()));
            return byVersion == 0 ? BY_DATE.compare(one, other) : byVersion;
        }
    },

    DATE {
        @Override
        public int compare(DatedRelease one, DatedRelease other) {
            return BY_DATE.compare(one, other);
        }
    };

    /** How many of a project's newest releases decide by which order it lives. */
    public static final int DECIDING_RELEASES = 10;

    private static final Comparator<DatedRelease> BY_DATE = Comparator.comparing(DatedRelease::date)
            .thenComparing(release -> release.version().raw());

    /** The order of a project with these releases: that of semantic versioning if its ten newest by date have such versions. */
    public static ReleaseOrder of(Collection<DatedRelease> releases) {
        List<DatedRelease> newest = releases.stream()
                .sorted(BY_DATE.reversed())
                .limit(DECIDING_RELEASES)
                .toList();
        boolean semver = !newest.isEmpty()
                && newest.stream().allMatch(release -> release.version().isSemver());
        return semver ? SEMVER : DATE;
    }

    /** What orders versions in a project of {@link #SEMVER}; empty, and so below all, of a version that is not semantic. */
    public static String sortKey(ReleaseVersion version) {
        return version.semver().map(SemanticVersion::sortKey).orElse("");
    }
}
