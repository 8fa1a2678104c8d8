package dev.resentry.model.issue.state;

import dev.resentry.model.issue.state.IssueState.Ignored;
import dev.resentry.model.issue.state.IssueState.Resolved;
import dev.resentry.model.issue.state.IssueState.Unresolved;
import dev.resentry.model.issue.state.StateChange.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What events and time make of an issue's state. Pure: the same events at the same time always make the same of it. An event
 * that happened before the state began changes nothing, whenever it arrives.
 */
public final class IssueTransitions {
    /** For how long an issue counts as new, regressed or escalating, unless something else becomes of it. */
    public static final Duration NEW_FOR = Duration.ofDays(7);

    /** Of several events that bring an issue back, the first that happened is named. */
    private static final Comparator<Happened> FIRST = Comparator.comparing(Happened::at)
            .thenComparing(happened -> happened.event().value());

    private IssueTransitions() {}

    /**
     * What further events make of an issue.
     *
     * @param releases orders the releases of the issue's project, the oldest first
     * @param counts with these events
     */
    public static Optional<StateChange> afterEvents(
            IssueState state,
            Collection<Happened> events,
            Comparator<String> releases,
            IssueCounts counts,
            Instant now) {
        return switch (state) {
            case Unresolved _ -> Optional.empty();
            case Resolved resolved ->
                events.stream()
                        .filter(event -> event.at().isAfter(resolved.since()))
                        .filter(event -> speaksAgainst(resolved.resolution(), event.release(), releases))
                        .min(FIRST)
                        .map(event ->
                                new StateChange(new Unresolved(Substatus.REGRESSED, now), Reason.REGRESSED, event));
            case Ignored ignored when events.isEmpty() -> Optional.empty();
            case Ignored ignored -> end(ignored, counts, now);
        };
    }

    private static boolean speaksAgainst(Resolution resolution, @Nullable String release, Comparator<String> releases) {
        return switch (resolution) {
            case Resolution.Everywhere(), Resolution.ByAge() -> true;
            case Resolution.InRelease(String version) -> release != null && releases.compare(release, version) >= 0;
            case Resolution.InNextRelease(String current) -> release != null && releases.compare(release, current) > 0;
            case Resolution.InCommit _ -> false;
        };
    }

    private static Optional<StateChange> end(Ignored ignored, IssueCounts counts, Instant now) {
        IgnoreUntil until = ignored.until();
        if (until.time() != null && !now.isBefore(until.time())) {
            return Optional.of(noMore(Reason.IGNORED_UNTIL_TIME, now));
        }
        IgnoreUntil.Further events = until.events();
        if (events != null) {
            long further = events.window() == null
                    ? counts.events() - events.before()
                    : counts.events(ignored.since(), events.window());
            if (further >= events.more()) {
                return Optional.of(noMore(Reason.IGNORED_UNTIL_EVENTS, now));
            }
        }
        IgnoreUntil.Further users = until.users();
        if (users != null) {
            long further = users.window() == null
                    ? counts.users() - users.before()
                    : counts.users(ignored.since(), users.window());
            if (further >= users.more()) {
                return Optional.of(noMore(Reason.IGNORED_UNTIL_USERS, now));
            }
        }
        return Optional.empty();
    }

    private static StateChange noMore(Reason reason, Instant now) {
        return new StateChange(new Unresolved(Substatus.ONGOING, now), reason, null);
    }

    /**
     * What the passing of time makes of an issue.
     *
     * @param lastSeen when it last happened
     * @param resolveAfter after how long without an event it is resolved; null for never
     */
    public static Optional<StateChange> afterTime(
            IssueState state, Instant lastSeen, @Nullable Duration resolveAfter, Instant now) {
        return switch (state) {
            case Resolved _ -> Optional.empty();
            case Ignored(IgnoreUntil until, Instant _) ->
                until.time() == null || now.isBefore(until.time())
                        ? Optional.empty()
                        : Optional.of(noMore(Reason.IGNORED_UNTIL_TIME, now));
            case Unresolved unresolved -> {
                // One that was taken up by a person, or came back, is given as much time from then on.
                Instant quietSince =
                        later(lastSeen, unresolved.substatus() == Substatus.NEW ? null : unresolved.since());
                if (resolveAfter != null && !now.isBefore(quietSince.plus(resolveAfter))) {
                    yield Optional.of(new StateChange(new Resolved(new Resolution.ByAge(), now), Reason.AGE, null));
                }
                yield unresolved.substatus() == Substatus.ONGOING
                                || now.isBefore(unresolved.since().plus(NEW_FOR))
                        ? Optional.empty()
                        : Optional.of(new StateChange(new Unresolved(Substatus.ONGOING, now), Reason.ONGOING, null));
            }
        };
    }

    /** What becomes of an issue that happens far more often than usual: one that is new, or ignored until it does. */
    public static Optional<StateChange> afterEscalation(IssueState state, Instant now) {
        boolean isAwaited = switch (state) {
            case Ignored(IgnoreUntil until, Instant _) -> until.escalating();
            case Unresolved(Substatus substatus, Instant _) -> substatus == Substatus.NEW;
            case Resolved _ -> false;
        };
        return isAwaited
                ? Optional.of(new StateChange(new Unresolved(Substatus.ESCALATING, now), Reason.ESCALATING, null))
                : Optional.empty();
    }

    /**
     * What becomes of an issue that is resolved in a commit when a release has it: it is resolved in that release.
     *
     * @param version the first release with the commit
     */
    public static Optional<StateChange> afterRelease(IssueState state, String version, Instant now) {
        return state instanceof Resolved(Resolution.InCommit _, Instant _)
                ? Optional.of(new StateChange(
                        new Resolved(new Resolution.InRelease(version), now), Reason.COMMIT_RELEASED, null))
                : Optional.empty();
    }

    /** What becomes of an issue when what it is about is well again: unless somebody ignores it, it is resolved. */
    public static Optional<StateChange> afterRecovery(IssueState state, Instant now) {
        return state instanceof Unresolved
                ? Optional.of(new StateChange(new Resolved(new Resolution.Everywhere(), now), Reason.RECOVERED, null))
                : Optional.empty();
    }

    /** What a person who takes an issue up again makes of it: one that has just begun is new again. */
    public static Unresolved takenUp(IssueState before, Instant firstSeen, Instant now) {
        boolean isNew = before instanceof Ignored && now.isBefore(firstSeen.plus(NEW_FOR));
        return new Unresolved(isNew ? Substatus.NEW : Substatus.ONGOING, now);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other) ? one : other;
    }
}
