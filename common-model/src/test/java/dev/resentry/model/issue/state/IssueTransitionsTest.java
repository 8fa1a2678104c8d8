package dev.resentry.model.issue.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.state.IssueState.Ignored;
import dev.resentry.model.issue.state.IssueState.Resolved;
import dev.resentry.model.issue.state.IssueState.Unresolved;
import dev.resentry.model.issue.state.StateChange.Reason;
import dev.resentry.model.issue.state.StatusWish.From;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of all transitions. Releases are the letters, the oldest first. */
class IssueTransitionsTest {
    private static final Instant T0 = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant NOW = T0.plus(Duration.ofHours(1));
    private static final IssueState PLAINLY = new Resolved(new Resolution.Everywhere(), T0);
    private static final IssueState BY_AGE = new Resolved(new Resolution.ByAge(), T0);
    private static final IssueState IN_M = new Resolved(new Resolution.InRelease("m"), T0);
    private static final IssueState IN_COMMIT = new Resolved(new Resolution.InCommit("c0ffee", "acme/shop"), T0);
    private static final IssueState AFTER_M = new Resolved(new Resolution.InNextRelease("m"), T0);

    static Stream<Arguments> eventsOnResolvedIssues() {
        return Stream.of(
                arguments("plainly resolved, happens later", PLAINLY, 1, "a", true),
                arguments("plainly resolved, happens later without a release", PLAINLY, 1, null, true),
                arguments("plainly resolved, happened before and comes late", PLAINLY, -1, "z", false),
                arguments("plainly resolved, happened at that moment", PLAINLY, 0, "z", false),
                arguments("resolved by age", BY_AGE, 1, null, true),
                arguments("resolved by age, late", BY_AGE, -1, null, false),
                arguments("resolved in m, happens in it", IN_M, 1, "m", true),
                arguments("resolved in m, happens in a newer one", IN_M, 1, "n", true),
                arguments("resolved in m, happens in an older one: a back-port", IN_M, 1, "l", false),
                arguments("resolved in m, happens without a release", IN_M, 1, null, false),
                arguments("resolved in m, happened in a newer one before", IN_M, -1, "n", false),
                arguments("resolved in what comes after m, happens in m", AFTER_M, 1, "m", false),
                arguments("resolved in what comes after m, happens in an older one", AFTER_M, 1, "a", false),
                arguments("resolved in what comes after m, happens in a newer one", AFTER_M, 1, "n", true),
                arguments("resolved in what comes after m, happens without a release", AFTER_M, 1, null, false),
                arguments("resolved in what comes after m, happened in a newer one before", AFTER_M, -1, "n", false),
                arguments("resolved in a commit that no release has", IN_COMMIT, 1, "z", false),
                arguments("resolved in a commit, happens without a release", IN_COMMIT, 1, null, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("eventsOnResolvedIssues")
    void anEventBringsAResolvedIssueBackOrDoesNot(
            String name, IssueState state, long seconds, @Nullable String release, boolean isRegression) {
        Happened event = event(seconds, release);

        Optional<StateChange> change = after(state, 1, 0, event);

        assertThat(change)
                .isEqualTo(
                        isRegression
                                ? Optional.of(new StateChange(
                                        new Unresolved(Substatus.REGRESSED, NOW), Reason.REGRESSED, event))
                                : Optional.empty());
    }

    @Test
    void ofSeveralEventsTheFirstThatSpeaksAgainstItIsNamed() {
        Happened old = event(1, "a");
        Happened first = event(2, "n");
        Happened later = event(3, "z");

        assertThat(after(IN_M, 3, 0, later, first, old)).map(StateChange::event).contains(first);
    }

    @Test
    void nothingBecomesOfAnUnresolvedIssue() {
        for (Substatus substatus : Substatus.values()) {
            if (substatus.isUnresolved()) {
                assertThat(after(new Unresolved(substatus, T0), 100, 100, event(1, "z")))
                        .isEmpty();
            } else {
                assertThatThrownBy(() -> new Unresolved(substatus, T0)).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    static Stream<Arguments> ignoring() {
        IgnoreUntil.Further one = new IgnoreUntil.Further(1, null, 10);
        IgnoreUntil.Further three = new IgnoreUntil.Further(3, null, 10);
        IgnoreUntil.Further inAnHour = new IgnoreUntil.Further(3, Duration.ofHours(1), 10);
        return Stream.of(
                arguments("for ever", IgnoreUntil.NEVER, 1_000, 1_000, null),
                arguments(
                        "until it escalates: an event alone says nothing", IgnoreUntil.ESCALATING, 1_000, 1_000, null),
                arguments("until 1 more: the first", until(null, one, null), 11, 0, Reason.IGNORED_UNTIL_EVENTS),
                arguments("until 3 more: the second", until(null, three, null), 12, 0, null),
                arguments("until 3 more: the third", until(null, three, null), 13, 0, Reason.IGNORED_UNTIL_EVENTS),
                arguments(
                        "until 3 more: the fourth of one batch",
                        until(null, three, null),
                        14,
                        0,
                        Reason.IGNORED_UNTIL_EVENTS),
                arguments("until 3 users more: two", until(null, null, three), 99, 12, null),
                arguments("until 3 users more: three", until(null, null, three), 99, 13, Reason.IGNORED_UNTIL_USERS),
                arguments("3 within an hour: two", until(null, inAnHour, null), 2, 0, null),
                arguments("3 within an hour: three", until(null, inAnHour, null), 3, 0, Reason.IGNORED_UNTIL_EVENTS),
                arguments("3 users within an hour: two", until(null, null, inAnHour), 9, 2, null),
                arguments(
                        "3 users within an hour: three", until(null, null, inAnHour), 9, 3, Reason.IGNORED_UNTIL_USERS),
                arguments("events or users: events", until(null, three, three), 13, 12, Reason.IGNORED_UNTIL_EVENTS),
                arguments("a time that is not yet", until(NOW.plusNanos(1), null, null), 99, 99, null),
                arguments("a time that is now", until(NOW, null, null), 99, 99, Reason.IGNORED_UNTIL_TIME));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ignoring")
    void anEventEndsIgnoringOrDoesNot(
            String name, IgnoreUntil until, long events, long users, @Nullable Reason reason) {
        assertThat(after(new Ignored(until, T0), events, users, event(1, null)))
                .isEqualTo(
                        reason == null
                                ? Optional.empty()
                                : Optional.of(new StateChange(new Unresolved(Substatus.ONGOING, NOW), reason, null)));
    }

    static Stream<Arguments> timesOnIssues() {
        Instant weekAgo = NOW.minus(IssueTransitions.NEW_FOR);
        Instant almost = weekAgo.plusNanos(1);
        Duration hour = Duration.ofHours(1);
        return Stream.of(
                arguments("new for a week", new Unresolved(Substatus.NEW, weekAgo), NOW, null, Reason.ONGOING),
                arguments("new for less", new Unresolved(Substatus.NEW, almost), NOW, null, null),
                arguments(
                        "regressed for a week",
                        new Unresolved(Substatus.REGRESSED, weekAgo),
                        NOW,
                        null,
                        Reason.ONGOING),
                arguments("regressed for less", new Unresolved(Substatus.REGRESSED, almost), NOW, null, null),
                arguments(
                        "escalating for a week",
                        new Unresolved(Substatus.ESCALATING, weekAgo),
                        NOW,
                        null,
                        Reason.ONGOING),
                arguments("ongoing", new Unresolved(Substatus.ONGOING, weekAgo), NOW, null, null),
                arguments(
                        "quiet for as long as wanted",
                        new Unresolved(Substatus.ONGOING, weekAgo),
                        T0,
                        hour,
                        Reason.AGE),
                arguments(
                        "new and quiet for as long as wanted", new Unresolved(Substatus.NEW, T0), T0, hour, Reason.AGE),
                arguments("quiet for less", new Unresolved(Substatus.ONGOING, weekAgo), T0.plusNanos(1), hour, null),
                arguments(
                        "quiet, and taken up since",
                        new Unresolved(Substatus.ONGOING, T0.plusNanos(1)),
                        weekAgo,
                        hour,
                        null),
                arguments("resolved", PLAINLY, weekAgo, hour, null),
                arguments("resolved in a commit", IN_COMMIT, weekAgo, hour, null),
                arguments("ignored for ever", new Ignored(IgnoreUntil.NEVER, weekAgo), weekAgo, hour, null),
                arguments(
                        "ignored until now",
                        new Ignored(until(NOW, null, null), T0),
                        weekAgo,
                        null,
                        Reason.IGNORED_UNTIL_TIME),
                arguments(
                        "ignored until later",
                        new Ignored(until(NOW.plusNanos(1), null, null), T0),
                        weekAgo,
                        null,
                        null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("timesOnIssues")
    void timePassesAndSomethingBecomesOfItOrNot(
            String name, IssueState state, Instant lastSeen, @Nullable Duration resolveAfter, @Nullable Reason reason) {
        Optional<StateChange> change = IssueTransitions.afterTime(state, lastSeen, resolveAfter, NOW);

        assertThat(change).map(StateChange::reason).isEqualTo(Optional.ofNullable(reason));
        assertThat(change).map(after -> after.to().since()).isEqualTo(change.map(_ -> NOW));
    }

    @Test
    void onlyWhatIsNewOrIgnoredUntilItEscalatesEscalates() {
        assertThat(IssueTransitions.afterEscalation(new Unresolved(Substatus.NEW, T0), NOW))
                .map(StateChange::to)
                .contains(new Unresolved(Substatus.ESCALATING, NOW));
        for (Substatus other : List.of(Substatus.ONGOING, Substatus.REGRESSED, Substatus.ESCALATING)) {
            assertThat(IssueTransitions.afterEscalation(new Unresolved(other, T0), NOW))
                    .isEmpty();
        }
        assertThat(IssueTransitions.afterEscalation(new Ignored(IgnoreUntil.ESCALATING, T0), NOW))
                .map(StateChange::to)
                .contains(new Unresolved(Substatus.ESCALATING, NOW));
        assertThat(IssueTransitions.afterEscalation(new Ignored(IgnoreUntil.NEVER, T0), NOW))
                .isEmpty();
        assertThat(IssueTransitions.afterEscalation(PLAINLY, NOW)).isEmpty();
    }

    @Test
    void aReleaseWithTheCommitResolvesInItWhatIsResolvedInTheCommit() {
        assertThat(IssueTransitions.afterRelease(IN_COMMIT, "n", NOW))
                .contains(new StateChange(
                        new Resolved(new Resolution.InRelease("n"), NOW), Reason.COMMIT_RELEASED, null));
        for (IssueState other : List.of(
                PLAINLY,
                BY_AGE,
                IN_M,
                AFTER_M,
                new Unresolved(Substatus.NEW, T0),
                new Ignored(IgnoreUntil.NEVER, T0))) {
            assertThat(IssueTransitions.afterRelease(other, "n", NOW)).isEmpty();
        }
    }

    @Test
    void whatIsWellAgainIsResolvedUnlessSomebodyHasSaidOtherwise() {
        for (Substatus substatus : List.of(Substatus.NEW, Substatus.ONGOING, Substatus.REGRESSED)) {
            assertThat(IssueTransitions.afterRecovery(new Unresolved(substatus, T0), NOW))
                    .contains(new StateChange(new Resolved(new Resolution.Everywhere(), NOW), Reason.RECOVERED, null));
        }
        for (IssueState other : List.of(PLAINLY, IN_M, new Ignored(IgnoreUntil.NEVER, T0))) {
            assertThat(IssueTransitions.afterRecovery(other, NOW)).isEmpty();
        }
    }

    static Stream<Arguments> wishes() {
        Instant old = NOW.minus(Duration.ofDays(8));
        var ongoing = new Unresolved(Substatus.ONGOING, T0);
        return Stream.of(
                arguments(
                        "take up what is resolved",
                        PLAINLY,
                        NOW,
                        new StatusWish.Unresolve(),
                        new Unresolved(Substatus.ONGOING, NOW)),
                arguments(
                        "take up what is ignored and young",
                        new Ignored(IgnoreUntil.NEVER, T0),
                        T0,
                        new StatusWish.Unresolve(),
                        new Unresolved(Substatus.NEW, NOW)),
                arguments(
                        "take up what is ignored and old",
                        new Ignored(IgnoreUntil.NEVER, T0),
                        old,
                        new StatusWish.Unresolve(),
                        new Unresolved(Substatus.ONGOING, NOW)),
                arguments(
                        "take up what nobody put away",
                        new Unresolved(Substatus.REGRESSED, T0),
                        old,
                        new StatusWish.Unresolve(),
                        new Unresolved(Substatus.REGRESSED, T0)),
                arguments(
                        "resolve",
                        ongoing,
                        old,
                        new StatusWish.Resolve(new From.Everywhere()),
                        new Resolved(new Resolution.Everywhere(), NOW)),
                arguments("resolve again", PLAINLY, old, new StatusWish.Resolve(new From.Everywhere()), PLAINLY),
                arguments(
                        "resolve otherwise",
                        PLAINLY,
                        old,
                        new StatusWish.Resolve(new From.Release("m")),
                        new Resolved(new Resolution.InRelease("m"), NOW)),
                arguments(
                        "resolve in the newest",
                        ongoing,
                        old,
                        new StatusWish.Resolve(new From.LatestRelease()),
                        new Resolved(new Resolution.InRelease("q"), NOW)),
                arguments(
                        "resolve in the next",
                        ongoing,
                        old,
                        new StatusWish.Resolve(new From.NextRelease()),
                        new Resolved(new Resolution.InNextRelease("q"), NOW)),
                arguments(
                        "resolve in a commit that a release has",
                        ongoing,
                        old,
                        new StatusWish.Resolve(new From.Commit("c0ffee", null)),
                        new Resolved(new Resolution.InRelease("q"), NOW)),
                arguments(
                        "ignore",
                        ongoing,
                        old,
                        new StatusWish.Ignore(null, null, null, false),
                        new Ignored(IgnoreUntil.NEVER, NOW)),
                arguments(
                        "ignore until 5 more of 10",
                        ongoing,
                        old,
                        new StatusWish.Ignore(null, new StatusWish.Further(5, null), null, false),
                        new Ignored(until(null, new IgnoreUntil.Further(5, null, 10), null), NOW)),
                arguments(
                        "ignore what is ignored",
                        new Ignored(IgnoreUntil.NEVER, T0),
                        old,
                        new StatusWish.Ignore(null, null, null, false),
                        new Ignored(IgnoreUntil.NEVER, T0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wishes")
    void whatAPersonWantsBecomesTheState(
            String name, IssueState before, Instant firstSeen, StatusWish wish, IssueState after) {
        assertThat(wish.applied(before, firstSeen, 10, 4, "q", NOW)).isEqualTo(after);
    }

    @Test
    void whatIsResolvedInACommitThatNoReleaseHasWaitsForOne() {
        assertThat(new StatusWish.Resolve(new From.Commit("c0ffee", "acme/shop"))
                        .applied(new Unresolved(Substatus.NEW, T0), T0, 1, 1, null, T0))
                .isEqualTo(IN_COMMIT);
    }

    @Test
    void nothingIsResolvedInTheNextReleaseWhereThereIsNone() {
        assertThatThrownBy(() -> new StatusWish.Resolve(new From.NextRelease())
                        .applied(new Unresolved(Substatus.NEW, T0), T0, 1, 1, null, NOW))
                .hasMessage("the project has no release yet");
    }

    private static IgnoreUntil until(
            @Nullable Instant time, IgnoreUntil.@Nullable Further events, IgnoreUntil.@Nullable Further users) {
        return new IgnoreUntil(time, events, users, false);
    }

    private static Happened event(long seconds, @Nullable String release) {
        return new Happened(new EventId(UUID.randomUUID()), T0.plusSeconds(seconds), release);
    }

    private static Optional<StateChange> after(IssueState state, long events, long users, Happened... happened) {
        var counts = new IssueCounts() {
            @Override
            public long events() {
                return events;
            }

            @Override
            public long users() {
                return users;
            }

            @Override
            public long events(Instant after, Duration window) {
                return after.equals(T0) ? events : 0;
            }

            @Override
            public long users(Instant after, Duration window) {
                return after.equals(T0) ? users : 0;
            }
        };
        return IssueTransitions.afterEvents(state, List.of(happened), Comparator.naturalOrder(), counts, NOW);
    }
}
