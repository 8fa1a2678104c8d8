package dev.resentry.storage.issue;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What the occurrences in one batch change in one issue.
 *
 * @param others the other hashes of its occurrences, in the order in which an issue is looked for by them
 * @param latest the one that happened last; a new issue takes its title from it
 * @param firstReleased the first that has a release
 * @param lastReleased the last that has a release
 * @param isUnhandled whether an exception of any of them left the program
 */
record IssueUpdate(
        IssueKey key,
        SequencedSet<IssueKey> others,
        IssueOccurrence latest,
        IssueOccurrence earliest,
        @Nullable IssueOccurrence firstReleased,
        @Nullable IssueOccurrence lastReleased,
        boolean isUnhandled,
        long count) {
    /** Of occurrences of one moment, the release decides: whatever their order in the batch, the same one is the first. */
    private static final Comparator<IssueOccurrence> BY_RELEASE = Comparator.comparing(IssueOccurrence::occurredAt)
            .thenComparing(IssueOccurrence::release, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Sums up the occurrences that share an issue; there is at least one. */
    static IssueUpdate of(IssueKey key, List<IssueOccurrence> occurrences) {
        IssueOccurrence latest = occurrences.getFirst();
        IssueOccurrence earliest = latest;
        for (IssueOccurrence one : occurrences) {
            if (one.occurredAt().isAfter(latest.occurredAt())) {
                latest = one;
            }
            if (one.occurredAt().isBefore(earliest.occurredAt())) {
                earliest = one;
            }
        }
        List<IssueOccurrence> released = occurrences.stream()
                .filter(one -> one.release() != null)
                .sorted(BY_RELEASE)
                .toList();
        SequencedSet<IssueKey> others = new LinkedHashSet<>();
        for (IssueOccurrence one : occurrences) {
            one.otherHashes().forEach(hash -> others.add(new IssueKey(key.projectId(), hash)));
        }
        return new IssueUpdate(
                key,
                Collections.unmodifiableSequencedSet(others),
                latest,
                earliest,
                released.isEmpty() ? null : released.getFirst(),
                released.isEmpty() ? null : released.getLast(),
                occurrences.stream().anyMatch(IssueOccurrence::isUnhandled),
                occurrences.size());
    }

    /** Both together, as a change of one issue: its key and its latest event are those of the later one. */
    IssueUpdate plus(IssueUpdate other) {
        boolean isLater = other.lastSeen().isAfter(lastSeen());
        return new IssueUpdate(
                isLater ? other.key : key,
                isLater ? other.others : others,
                isLater ? other.latest : latest,
                other.firstSeen().isBefore(firstSeen()) ? other.earliest : earliest,
                firstByRelease(firstReleased, other.firstReleased),
                lastByRelease(lastReleased, other.lastReleased),
                isUnhandled || other.isUnhandled,
                count + other.count);
    }

    private static @Nullable IssueOccurrence firstByRelease(
            @Nullable IssueOccurrence one, @Nullable IssueOccurrence other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return BY_RELEASE.compare(other, one) < 0 ? other : one;
    }

    private static @Nullable IssueOccurrence lastByRelease(
            @Nullable IssueOccurrence one, @Nullable IssueOccurrence other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return BY_RELEASE.compare(other, one) > 0 ? other : one;
    }

    /** The other hashes that the strategy of its own made. */
    List<IssueKey> othersOfStrategy() {
        String strategy = key.hash().strategy();
        return others.stream()
                .filter(other -> other.hash().strategy().equals(strategy))
                .toList();
    }

    Instant firstSeen() {
        return earliest.occurredAt();
    }

    Instant lastSeen() {
        return latest.occurredAt();
    }

    @Nullable
    String firstRelease() {
        return firstReleased == null ? null : firstReleased.release();
    }

    @Nullable
    Instant firstReleaseAt() {
        return firstReleased == null ? null : firstReleased.occurredAt();
    }

    @Nullable
    String lastRelease() {
        return lastReleased == null ? null : lastReleased.release();
    }

    @Nullable
    Instant lastReleaseAt() {
        return lastReleased == null ? null : lastReleased.occurredAt();
    }
}
