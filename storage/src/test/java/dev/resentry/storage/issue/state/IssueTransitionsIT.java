package dev.resentry.storage.issue.state;

import static dev.resentry.storage.rollup.RollupDatabase.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.issue.state.IssueState;
import dev.resentry.model.issue.state.IssueTransitions;
import dev.resentry.model.issue.state.Resolution;
import dev.resentry.model.issue.state.StatusWish;
import dev.resentry.model.issue.state.StatusWish.From;
import dev.resentry.model.issue.state.StatusWish.Further;
import dev.resentry.storage.IngestStorageConfiguration;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.ingest.BatchStore;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.issue.IssueChange;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.issue.RefusedChange;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.release.ReleaseCommit;
import dev.resentry.storage.release.ReleaseDetails;
import dev.resentry.storage.release.ReleaseRef;
import dev.resentry.storage.release.ReleaseStore;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What events, people and time make of issues, on a real database with a clock of its own. */
@Timeout(120)
class IssueTransitionsIT {
    private static final Author ANN = new Author(1, "Ann", "ann@example.com");
    private static final StatusWish UNRESOLVE = new StatusWish.Unresolve();
    private static final StatusWish RESOLVE = new StatusWish.Resolve(new From.Everywhere());
    private static final StatusWish RESOLVE_IN_NEXT = new StatusWish.Resolve(new From.NextRelease());

    private static RollupDatabase database;
    private static BatchStore batches;
    private static IssueStore issues;
    private static IssueStateSweep sweep;
    private static ReleaseStore releases;

    private static Instant now = Instant.EPOCH;

    @BeforeAll
    static void start() {
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        var transactions = new DataSourceTransactionManager(database.pool);
        batches = new BatchStore(
                database.pool,
                transactions,
                IngestStorageConfiguration.steps(new PostgresBlobStore(database.pool)),
                Retention.unlimited(),
                () -> now);
        issues = new IssueStore(database.pool, transactions, () -> now);
        sweep = new IssueStateSweep(database.pool, transactions);
        releases = new ReleaseStore(database.pool, transactions);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc.sql("""
                        TRUNCATE envelopes, envelope_items, events, event_identities, issue_hashes, issues, issue_hours, issue_users,
                                 issue_tags, issue_tag_keys, project_minutes, project_hours, issue_activities, events_outbox, releases,
                                 projects CASCADE
                        """).update();
        database.addProject(1);
        now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Test
    void anIssueIsNewAndAWeekLaterOngoing() {
        happens(null);
        assertThat(state()).isEqualTo("unresolved new");

        pass(IssueTransitions.NEW_FOR.minusSeconds(2));
        assertThat(state()).isEqualTo("unresolved new");
        pass(Duration.ofSeconds(2));

        assertThat(state()).isEqualTo("unresolved ongoing");
        assertThat(history()).containsExactly("ongoing unresolved>unresolved");
    }

    @Test
    void whatHappensAfterItWasResolvedIsARegressionAndWhatHappenedBeforeIsNot() {
        happens("1.0");
        Instant before = now;
        pass(Duration.ofMinutes(1));
        change(RESOLVE);
        pass(Duration.ofMinutes(1));

        happened(before, "1.0", 1);
        assertThat(state()).as("it came late").isEqualTo("resolved null");
        happens("1.0");

        assertThat(state()).isEqualTo("unresolved regressed");
        assertThat(history()).containsExactly("status unresolved>resolved", "regression resolved>unresolved");
        assertThat(database.texts("SELECT data ->> 'release' FROM issue_activities WHERE kind = 'regression'"))
                .containsExactly("1.0");
        assertThat(told()).containsExactly("new unresolved", "changed resolved", "regressed unresolved");
    }

    @Test
    void resolvedInAReleaseItComesBackFromThatOneOnAndNotByABackPort() {
        happens("app@1.10.0");
        happens("app@1.9.0");
        change(new StatusWish.Resolve(new From.Release("app@1.10.0")));
        pass(Duration.ofMinutes(1));

        happens("app@1.9.0");
        happens("app@1.9.1");
        happens(null);
        assertThat(state())
                .as("older by semantic versioning, though newer by date")
                .isEqualTo("resolved null");
        happens("app@1.10.0");

        assertThat(state()).isEqualTo("unresolved regressed");
    }

    @Test
    void resolvedInTheNextReleaseOnlyWhatIsNewerThanTheOneOfThatMomentBringsItBack() {
        happens("app@2.0.0");
        change(RESOLVE_IN_NEXT);
        assertThat(issue().state())
                .extracting(state -> ((IssueState.Resolved) state).resolution())
                .isEqualTo(new Resolution.InNextRelease("app@2.0.0"));
        pass(Duration.ofMinutes(1));

        happens("app@2.0.0");
        happens("app@1.9.9");
        happens(null);
        assertThat(state()).isEqualTo("resolved null");
        happens("app@2.0.1");

        assertThat(state()).isEqualTo("unresolved regressed");
    }

    @Test
    void theNewestReleaseIsThatOfTheGreatestVersionHoweverManyBackPortsCameSince() {
        happens("app@2.0.0");
        for (int i = 0; i < 12; i++) {
            pass(Duration.ofMinutes(1));
            happens("app@1.0.%d".formatted(i));
        }

        change(RESOLVE_IN_NEXT);

        assertThat(issue().state())
                .extracting(state -> ((IssueState.Resolved) state).resolution())
                .isEqualTo(new Resolution.InNextRelease("app@2.0.0"));
    }

    @Test
    void resolvedInACommitItWaitsForAReleaseThatHasItAndIsResolvedInThatOne() {
        happens("app@1.0.0");
        change(new StatusWish.Resolve(new From.Commit("c0ffee", "acme/shop")));
        pass(Duration.ofMinutes(1));
        happens("app@1.0.0");
        happens(null);
        announce("app@1.1.0", "c0ffee", "acme/other");
        announce("app@1.1.1", "f00d", "acme/shop");
        pass(Duration.ofMinutes(1));
        assertThat(issue().state())
                .as("no release has this commit of this repository")
                .extracting(state -> ((IssueState.Resolved) state).resolution())
                .isEqualTo(new Resolution.InCommit("c0ffee", "acme/shop"));

        announce("app@1.3.0", "c0ffee", "acme/shop");
        announce("app@1.2.0", "c0ffee", "acme/shop");
        Instant before = now;
        pass(Duration.ofMinutes(1));
        happened(before, "app@1.3.0", 1);
        happens("app@1.1.0");

        assertThat(issue().state())
                .as("the first release with it")
                .extracting(state -> ((IssueState.Resolved) state).resolution())
                .isEqualTo(new Resolution.InRelease("app@1.2.0"));
        assertThat(history()).containsExactly("status unresolved>resolved", "commit_released resolved>resolved");
        assertThat(database.texts("SELECT (data ->> 'commit') || ' ' || (data ->> 'release') FROM issue_activities"
                        + " WHERE kind = 'commit_released'"))
                .containsExactly("c0ffee app@1.2.0");
        assertThat(told()).containsExactly("new unresolved", "changed resolved", "changed resolved");
        assertThat(sweep.run(now, () -> false)).as("nothing is left to do").isZero();

        pass(Duration.ofMinutes(1));
        happens("app@1.2.0");
        assertThat(state()).isEqualTo("unresolved regressed");
    }

    @Test
    void resolvedInACommitThatAReleaseHasItIsResolvedInThatReleaseAtOnce() {
        happens("app@1.0.0");
        announce("app@1.1.0", "c0ffee", null);
        releases.addRefs(
                releases.save(1, "app@1.0.5", new ReleaseDetails(null, null, null, null), "ann@example.com")
                        .orElseThrow()
                        .id(),
                List.of(new ReleaseRef("acme/shop", "c0ffee", null)));

        change(new StatusWish.Resolve(new From.Commit("c0ffee", "acme/shop")));

        assertThat(issue().state())
                .extracting(state -> ((IssueState.Resolved) state).resolution())
                .isEqualTo(new Resolution.InRelease("app@1.0.5"));
        assertThat(history()).containsExactly("status unresolved>resolved");
    }

    @Test
    void releasesWithoutVersionsAreOrderedByWhenTheyWereFirstSeen() {
        happens("winter");
        pass(Duration.ofMinutes(1));
        happens("autumn");
        change(RESOLVE_IN_NEXT);
        pass(Duration.ofMinutes(1));

        happens("winter");
        happens("autumn");
        assertThat(state()).isEqualTo("resolved null");
        happens("beginning");

        assertThat(state()).isEqualTo("unresolved regressed");
    }

    @Test
    void aReleaseThatIsNotThereIsRefused() {
        happens(null);

        assertThatThrownBy(() -> change(RESOLVE_IN_NEXT))
                .isInstanceOf(RefusedChange.class)
                .hasMessageContaining("no release");
        assertThatThrownBy(() -> change(new StatusWish.Resolve(new From.Release("1.0"))))
                .isInstanceOf(RefusedChange.class)
                .hasMessageContaining("1.0");
        assertThat(state()).isEqualTo("unresolved new");
        assertThat(history()).isEmpty();
    }

    @Test
    void ignoredUntilOneMoreTheFirstBringsItBack() {
        happens(null);
        change(new StatusWish.Ignore(null, new Further(1, null), null, false));
        assertThat(state()).isEqualTo("ignored archived_until_condition_met");

        happens(null);

        assertThat(state()).isEqualTo("unresolved ongoing");
        assertThat(history()).containsExactly("status unresolved>ignored", "unignored ignored>unresolved");
        assertThat(told()).containsExactly("new unresolved", "changed ignored", "unignored unresolved");
    }

    @Test
    void ignoredUntilSoManyMoreTheLastOfThemBringsItBackWhateverTheBatches() {
        happens(null);
        change(new StatusWish.Ignore(null, new Further(5, null), null, false));

        batches.store(List.of(event(now, null, 1), event(now, null, 1)));
        batches.store(List.of(event(now, null, 1), event(now, null, 1)));
        assertThat(state()).startsWith("ignored");
        batches.store(List.of(event(now, null, 1), event(now, null, 1)));

        assertThat(state()).isEqualTo("unresolved ongoing");
    }

    @Test
    void ignoredUntilSoManyUsersThoseWhoAreKnownDoNotCount() {
        happened(now, null, 1);
        happened(now, null, 2);
        change(new StatusWish.Ignore(null, null, new Further(2, null), false));

        happened(now, null, 1);
        happened(now, null, 2);
        happened(now, null, 3);
        assertThat(state()).startsWith("ignored");
        happened(now, null, 4);

        assertThat(state()).isEqualTo("unresolved ongoing");
    }

    @Test
    void ignoredUntilSoManyWithinAWindowOnlyThoseOfTheWindowCount() {
        happens(null);
        change(new StatusWish.Ignore(null, new Further(3, Duration.ofMinutes(10)), null, false));

        for (int i = 0; i < 6; i++) {
            pass(Duration.ofMinutes(5));
            happens(null);
        }
        assertThat(state()).as("never three within ten minutes").startsWith("ignored");
        pass(Duration.ofMinutes(1));
        happens(null);

        assertThat(state()).isEqualTo("unresolved ongoing");
    }

    @Test
    void ignoredUntilATimeItComesBackByItself() {
        happens(null);
        change(new StatusWish.Ignore(now.plusSeconds(60), null, null, false));

        pass(Duration.ofSeconds(59));
        assertThat(state()).startsWith("ignored");
        pass(Duration.ofSeconds(1));

        assertThat(state()).isEqualTo("unresolved ongoing");
        assertThat(sweep.run(now, () -> false)).as("nothing is left to do").isZero();
        assertThat(history()).containsExactly("status unresolved>ignored", "unignored ignored>unresolved");
    }

    @Test
    void ignoredUntilItEscalatesItComesBackWithFarMoreEventsThanBefore() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        for (int i = 1; i <= 5; i++) {
            happened(hour.minus(i, ChronoUnit.HOURS), null, 1);
            happened(hour.minus(i, ChronoUnit.HOURS), null, 1);
        }
        change(new StatusWish.Ignore(null, null, null, true));
        for (int i = 0; i < 19; i++) {
            happened(hour, null, 1);
        }
        sweep.run(hour.plusSeconds(30), () -> false);
        assertThat(state()).isEqualTo("ignored archived_until_escalating");
        happened(hour, null, 1);
        sweep.run(hour.plusSeconds(30), () -> false);

        assertThat(state()).as("ten times the busiest hour of a young issue").isEqualTo("unresolved escalating");
        assertThat(told()).last().isEqualTo("escalated unresolved");
    }

    @Test
    void aNewIssueEscalatesOnceWithMoreEventsThanHoursOfItsProjectUsuallyHave() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        for (int i = 1; i <= 12; i++) {
            happened(hour.minus(1, ChronoUnit.HOURS), null, 1);
        }
        for (int i = 0; i < 12; i++) {
            happened(hour, null, 1);
        }
        sweep.run(hour.plusSeconds(30), () -> false);
        assertThat(state()).as("as many as the hour before").isEqualTo("unresolved new");
        happened(hour, null, 1);

        sweep.run(hour.plusSeconds(30), () -> false);
        assertThat(state()).isEqualTo("unresolved escalating");
        assertThat(history()).containsExactly("escalating unresolved>unresolved");
        assertThat(told()).containsExactly("new unresolved", "escalated unresolved");

        now = hour.plusSeconds(60);
        change(new StatusWish.Ignore(null, null, null, false));
        change(UNRESOLVE);
        assertThat(state()).isEqualTo("unresolved new");
        sweep.run(now, () -> false);
        assertThat(state()).as("once").isEqualTo("unresolved new");
    }

    @Test
    void aNewIssueOfAProjectWithoutAPastDoesNotEscalate() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        for (int i = 0; i < 50; i++) {
            happened(hour, null, 1);
        }

        sweep.run(hour.plusSeconds(30), () -> false);

        assertThat(state()).isEqualTo("unresolved new");
    }

    @Test
    void whatIsUsualInAProjectIsComputedOnceADay() {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        happened(hour.minus(1, ChronoUnit.HOURS), null, 1);
        database.jdbc
                .sql("""
                        INSERT INTO project_usual_rates (project_id, events, computed_at) VALUES (1, 1000, :at)
                        """)
                .param("at", hour.minus(23, ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .update();
        for (int i = 0; i < 20; i++) {
            happened(hour, null, 1);
        }

        sweep.run(hour.plusSeconds(30), () -> false);
        assertThat(state()).as("a thousand is usual").isEqualTo("unresolved new");
        database.jdbc
                .sql("UPDATE project_usual_rates SET computed_at = computed_at - interval '2 hours'")
                .update();
        sweep.run(hour.plusSeconds(30), () -> false);

        assertThat(state()).as("one is").isEqualTo("unresolved escalating");
        assertThat(database.texts("SELECT events::text FROM project_usual_rates"))
                .containsExactly("1");
    }

    @Test
    void whatDoesNotHappenForLongIsResolvedWhereTheProjectWantsThat() {
        happens(null);
        pass(Duration.ofDays(2));
        assertThat(state()).as("nobody wants it").isEqualTo("unresolved new");
        database.jdbc.sql("UPDATE projects SET auto_resolve_hours = 50").update();
        pass(Duration.ofHours(1));
        assertThat(state()).isEqualTo("unresolved new");
        pass(Duration.ofHours(1));
        assertThat(state()).isEqualTo("resolved null");
        assertThat(issue().state())
                .extracting(state -> ((IssueState.Resolved) state).resolution())
                .isEqualTo(new Resolution.ByAge());

        pass(Duration.ofMinutes(1));
        happens(null);

        assertThat(state()).isEqualTo("unresolved regressed");
        assertThat(history()).containsExactly("auto_resolved unresolved>resolved", "regression resolved>unresolved");
    }

    @Test
    void whatIsStoredTwiceBringsNothingBackTwice() {
        happens(null);
        change(new StatusWish.Ignore(null, new Further(2, null), null, false));
        BatchRecord event = event(now, null, 1);

        batches.store(List.of(event));
        batches.store(List.of(event));

        assertThat(state()).startsWith("ignored");
    }

    /** Against a model that is written down as plainly as can be: a list of what happened, and rules that look at all of it. */
    @Test
    void anyInterleavingOfEventsPeopleAndTimeEndsAsThePlainModelSays() {
        for (int seed = 0; seed < 25; seed++) {
            empty();
            var random = new Random(seed);
            var model = new PlainModel();
            happens("1.0.0");
            model.happened(now, "1.0.0", 1);
            var said = new StringBuilder("seed " + seed);
            for (int step = 0; step < 40; step++) {
                // So few events in an hour are no escalation.
                pass(Duration.ofSeconds(400 + random.nextInt(400)));
                switch (random.nextInt(9)) {
                    case 0 -> {
                        StatusWish wish = wish(random);
                        said.append("\n").append(wish);
                        change(wish);
                        model.wanted(wish, now);
                    }
                    case 1 -> pass(Duration.ofHours(random.nextInt(40)));
                    case 2 -> {
                        String release = "1.%d.0".formatted(random.nextInt(6));
                        String commit = "c" + random.nextInt(3);
                        said.append("\n").append(release).append(" has ").append(commit);
                        announce(release, commit, null);
                        model.announced(release, commit);
                    }
                    default -> {
                        String release = random.nextInt(4) == 0 ? null : "1.%d.0".formatted(random.nextInt(4));
                        Instant at = random.nextInt(3) == 0 ? now.minusSeconds(random.nextInt(600)) : now;
                        long user = random.nextInt(6);
                        said.append("\n")
                                .append(release)
                                .append(' ')
                                .append(at)
                                .append(' ')
                                .append(user);
                        happened(at, release, user);
                        model.happened(at, release, user);
                    }
                }
                model.timePassed(now);
                sweep.run(now, () -> false);
                assertThat(state()).as("%s", said).isEqualTo(model.state());
            }
            assertHistoryIsWhole();
        }
    }

    private static StatusWish wish(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> UNRESOLVE;
            case 1 -> RESOLVE;
            case 2 -> RESOLVE_IN_NEXT;
            case 3 -> new StatusWish.Resolve(new From.LatestRelease());
            case 4 -> new StatusWish.Ignore(null, new Further(1 + random.nextInt(3), null), null, false);
            case 5 -> new StatusWish.Resolve(new From.Commit("c" + random.nextInt(3), null));
            case 6 -> new StatusWish.Ignore(now.plusSeconds(60L * random.nextInt(1, 200)), null, null, false);
            default -> new StatusWish.Ignore(null, null, new Further(1 + random.nextInt(2), null), false);
        };
    }

    /** Releases are compared as texts, as those of the test have one digit each. */
    private static final class PlainModel {
        private record Seen(Instant at, @Nullable String release, long user) {}

        private final List<Seen> all = new ArrayList<>();
        private final SortedSet<String> releases = new TreeSet<>();
        private final Map<String, SortedSet<String>> releasesOf = new HashMap<>();
        private boolean isUntouched = true;
        private String state = "unresolved new";
        private Instant since = now;
        private StatusWish wish = UNRESOLVE;
        private int eventsThen;
        private long usersThen;
        private String resolution = "";

        void announced(String release, String commit) {
            releases.add(release);
            releasesOf.computeIfAbsent(commit, _ -> new TreeSet<>()).add(release);
        }

        void happened(Instant at, @Nullable String release, long user) {
            all.add(new Seen(at, release, user));
            if (release != null) {
                releases.add(release);
            }
            if (state.startsWith("resolved") && at.isAfter(since) && isAgainst(release)) {
                become("unresolved regressed", now);
            } else if (wish instanceof StatusWish.Ignore ignore && state.startsWith("ignored")) {
                boolean enough = (ignore.events() != null
                                && all.size() - eventsThen >= ignore.events().more())
                        || (ignore.users() != null
                                && users() - usersThen >= ignore.users().more());
                if (enough) {
                    become("unresolved ongoing", now);
                }
            }
            timePassed(now);
        }

        private boolean isAgainst(@Nullable String release) {
            String version = resolution.substring(resolution.indexOf(' ') + 1);
            return switch (resolution.substring(0, resolution.indexOf(' '))) {
                case "everywhere" -> true;
                case "after" -> release != null && release.compareTo(version) > 0;
                case "from" -> release != null && release.compareTo(version) >= 0;
                default -> false;
            };
        }

        private String resolutionOf(From from) {
            return switch (from) {
                case From.Everywhere() -> "everywhere ";
                case From.NextRelease() -> "after " + releases.last();
                case From.LatestRelease() -> "from " + releases.last();
                case From.Release(String version) -> "from " + version;
                case From.Commit(String commit, String _) ->
                    releasesOf.containsKey(commit)
                            ? "from " + releasesOf.get(commit).first()
                            : "commit " + commit;
            };
        }

        void wanted(StatusWish wanted, Instant at) {
            if (wanted instanceof StatusWish.Unresolve) {
                if (!state.startsWith("unresolved")) {
                    boolean isYoung = at.isBefore(firstSeen().plus(IssueTransitions.NEW_FOR));
                    become(state.startsWith("ignored") && isYoung ? "unresolved new" : "unresolved ongoing", at);
                    wish = wanted;
                }
            } else if (wanted instanceof StatusWish.Resolve resolve) {
                String wantedResolution = resolutionOf(resolve.from());
                if (!state.startsWith("resolved") || !wantedResolution.equals(resolution)) {
                    become("resolved null", at);
                    wish = wanted;
                    resolution = wantedResolution;
                }
            } else {
                state = "ignored archived_until_condition_met";
                since = at;
                wish = wanted;
                eventsThen = all.size();
                usersThen = users();
            }
        }

        void timePassed(Instant at) {
            if (state.startsWith("resolved") && resolution.startsWith("commit ")) {
                SortedSet<String> having = releasesOf.get(resolution.substring("commit ".length()));
                if (having != null) {
                    resolution = "from " + having.first();
                    since = at;
                }
            }
            if (state.startsWith("ignored")
                    && wish instanceof StatusWish.Ignore ignore
                    && ignore.until() != null
                    && !at.isBefore(ignore.until())) {
                become("unresolved ongoing", at);
            }
            boolean isPassing = state.equals("unresolved new") || state.equals("unresolved regressed");
            Instant from = isUntouched ? firstSeen() : since;
            if (isPassing && !at.isBefore(from.plus(IssueTransitions.NEW_FOR))) {
                become("unresolved ongoing", at);
            }
        }

        private void become(String after, Instant at) {
            state = after;
            since = at;
            isUntouched = false;
        }

        private Instant firstSeen() {
            return all.stream().map(Seen::at).min(Instant::compareTo).orElseThrow();
        }

        private long users() {
            return all.stream().map(Seen::user).distinct().count();
        }

        String state() {
            return state;
        }
    }

    @Test
    void twoProcessorsAndTwoPeopleAtOnceLeaveOneConsistentHistory() throws InterruptedException, ExecutionException {
        happens("1.0.0");
        long id = issue().id();
        var offset = new AtomicLong();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int processor = 0; processor < 2; processor++) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        Instant at =
                                Instant.now().truncatedTo(ChronoUnit.MICROS).plusSeconds(offset.incrementAndGet());
                        batches.store(List.of(event(at, "1.0.0", 1)));
                    }
                }));
            }
            for (StatusWish wish : List.of(RESOLVE, new StatusWish.Ignore(null, new Further(1, null), null, false))) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        issues.change(List.of(id), new IssueChange(wish, null, null), ANN);
                        sweep.run(now, () -> false);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertHistoryIsWhole();
        assertThat(database.texts("SELECT DISTINCT kind FROM issue_activities ORDER BY 1"))
                .containsExactly("regression", "status", "unignored");
    }

    /** Each entry begins where the one before ended, and the last one ends where the issue is. */
    private static void assertHistoryIsWhole() {
        String status = "unresolved";
        for (String entry : history()) {
            String[] ends = entry.substring(entry.indexOf(' ') + 1).split(">");
            assertThat(ends[0]).as("%s", history()).isEqualTo(status);
            status = ends[1];
        }
        assertThat(issue().status()).isEqualTo(status);
    }

    private static void pass(Duration time) {
        now = now.plus(time);
        sweep.run(now, () -> false);
    }

    private static void happens(@Nullable String release) {
        happened(now, release, 1);
    }

    private static void happened(Instant at, @Nullable String release, long user) {
        batches.store(List.of(event(at, release, user)));
    }

    private static void announce(String release, String commit, @Nullable String repository) {
        long id = releases.save(1, release, new ReleaseDetails(null, null, null, null), "ann@example.com")
                .orElseThrow()
                .id();
        releases.addCommits(id, List.of(new ReleaseCommit(commit, repository, null, null, null, null, List.of())));
    }

    private static BatchRecord event(Instant at, @Nullable String release, long user) {
        return RollupDatabase.event(
                new Said(1, 1, now, at, null, "error", release, user, Map.of()), hash("s1", 1), List.of());
    }

    private static void change(StatusWish wish) {
        issues.change(List.of(issue().id()), new IssueChange(wish, null, null), ANN);
    }

    private static StoredIssue issue() {
        long id = database.jdbc.sql("SELECT id FROM issues").query(Long.class).single();
        return new IssueQueries(database.jdbc).find(id).orElseThrow();
    }

    private static String state() {
        return database.texts("SELECT status || ' ' || coalesce(substatus, 'null') FROM issues")
                .getFirst();
    }

    private static List<String> history() {
        return database.texts(
                "SELECT kind || ' ' || (data ->> 'from') || '>' || (data ->> 'to') FROM issue_activities ORDER BY id");
    }

    private static List<String> told() {
        return database.texts("""
                SELECT substr(value::jsonb ->> 'type', 7) || ' ' || (value::jsonb ->> 'status')
                FROM events_outbox WHERE value::jsonb ->> 'type' LIKE 'issue%' ORDER BY id
                """);
    }
}
