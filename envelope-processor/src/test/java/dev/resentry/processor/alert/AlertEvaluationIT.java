package dev.resentry.processor.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.alert.AlertCondition.CrashFreeBelow;
import dev.resentry.model.alert.AlertCondition.EveryEvent;
import dev.resentry.model.alert.AlertCondition.Extent;
import dev.resentry.model.alert.AlertCondition.Frequency;
import dev.resentry.model.alert.AlertCondition.Increase;
import dev.resentry.model.alert.AlertCondition.Measure;
import dev.resentry.model.alert.AlertCondition.NewIssue;
import dev.resentry.model.alert.AlertCondition.Rate;
import dev.resentry.model.alert.AlertCondition.Regression;
import dev.resentry.model.alert.AlertCondition.Spike;
import dev.resentry.model.alert.AlertCondition.Unignored;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertFilter.Age;
import dev.resentry.model.alert.AlertFilter.Assigned;
import dev.resentry.model.alert.AlertFilter.Assignee;
import dev.resentry.model.alert.AlertFilter.Attribute;
import dev.resentry.model.alert.AlertFilter.LatestRelease;
import dev.resentry.model.alert.AlertFilter.Occurrences;
import dev.resentry.model.alert.AlertFilter.OfLevel;
import dev.resentry.model.alert.AlertFilter.Operator;
import dev.resentry.model.alert.AlertFilter.Order;
import dev.resentry.model.alert.AlertFilter.Tag;
import dev.resentry.model.alert.AlertFilter.TextTest;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.event.Level;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity.Kind;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.processor.alert.AlertDatabase.Evaluator;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What makes rules fire, and what does not. */
@Timeout(120)
class AlertEvaluationIT {
    private static final Duration FIVE = Duration.ofMinutes(5);

    private static AlertDatabase database;

    @BeforeAll
    static void start() {
        database = new AlertDatabase();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void clear() {
        database.clear();
        database.issue(7);
    }

    private static Evaluator process() {
        return database.new Evaluator();
    }

    private static Frequency moreThan(Measure measure, long threshold) {
        return new Frequency(measure, threshold, false, FIVE);
    }

    @Test
    void moreThanTenFiresAtTheEleventhEvent() {
        database.rule(moreThan(Measure.EVENTS, 10));
        Evaluator process = process();

        for (int i = 0; i < 10; i++) {
            process.reads(database.event(7, null));
        }
        assertThat(database.reasons()).isEmpty();
        process.reads(database.event(7, null));

        assertThat(database.reasons()).containsExactly("11 events in 5 minutes (more than 10)");
    }

    @Test
    void atLeastTenFiresAtTheTenth() {
        database.rule(new Frequency(Measure.EVENTS, 10, true, FIVE));
        Evaluator process = process();

        for (int i = 0; i < 9; i++) {
            process.reads(database.event(7, null));
        }
        assertThat(database.reasons()).isEmpty();
        process.reads(database.event(7, null));

        assertThat(database.reasons()).containsExactly("10 events in 5 minutes (at least 10)");
    }

    @Test
    void usersAreCountedOnce() {
        database.rule(moreThan(Measure.USERS, 2));
        Evaluator process = process();

        process.reads(database.event(7, 1L), database.event(7, 1L), database.event(7, 1L), database.event(7, null));
        process.reads(database.event(7, 2L));
        assertThat(database.reasons()).isEmpty();
        process.reads(database.event(7, 3L));

        assertThat(database.reasons()).containsExactly("3 users in 5 minutes (more than 2)");
    }

    @Test
    void whatHappenedBeforeTheWindowDoesNotCount() {
        database.rule(moreThan(Measure.EVENTS, 2));
        Evaluator process = process();
        process.reads(database.event(7, null), database.event(7, null));

        // At its first moment it is in the window, and just before it no more.
        database.now = database.now.plus(FIVE).plusMillis(1);
        process.reads(database.event(7, null));
        assertThat(database.reasons()).isEmpty();

        database.now = database.now.plus(FIVE);
        process.reads(database.event(7, null), database.event(7, null));
        assertThat(database.reasons()).containsExactly("3 events in 5 minutes (more than 2)");
    }

    @Test
    void anEventCountsAtItsOwnTime() {
        database.rule(moreThan(Measure.EVENTS, 2));
        Evaluator process = process();
        Instant before = database.now.minus(Duration.ofMinutes(6));

        process.reads(
                database.event(7, null, before, Cause.LIVE, null, Map.of()),
                database.event(7, null, before, Cause.LIVE, null, Map.of()),
                database.event(7, null),
                database.event(7, null));

        assertThat(database.reasons()).isEmpty();
    }

    @Test
    void changesOfIssuesFireTheirRules() {
        database.rule(new NewIssue());
        database.rule(new Regression());
        database.rule(new Unignored());
        for (long issue = 8; issue <= 10; issue++) {
            database.issue(issue);
        }

        process()
                .reads(
                        database.activity(Kind.NEW, database.event(7, null)),
                        database.activity(Kind.REGRESSED, database.event(8, null)),
                        database.activity(Kind.UNIGNORED, database.event(9, null)),
                        database.activity(Kind.ESCALATED, database.event(10, null)),
                        database.activity(Kind.COMMENTED, database.event(7, null)));

        assertThat(database.reasons())
                .containsExactly(
                        "the issue is new",
                        "the issue was resolved and happened again",
                        "the issue was ignored and came back",
                        "the issue was ignored and happens far more often than before");
    }

    @Test
    void whatIsNotLiveOldOrPutAwayFiresNothing() {
        database.rule(new EveryEvent(), new NewIssue());
        Evaluator process = process();
        Instant old = database.now.minus(Duration.ofMinutes(61));

        ItemStored replayed = database.event(7, null, database.now, Cause.REPLAY, null, Map.of());
        process.reads(replayed, database.activity(Kind.NEW, replayed));
        process.reads(database.event(7, null, database.now, Cause.REGROUP, null, Map.of()));
        process.reads(database.event(7, null, database.now, Cause.IMPORT, null, Map.of()));
        ItemStored late = database.event(7, null, old, Cause.LIVE, null, Map.of());
        process.reads(late, database.activity(Kind.NEW, late));
        database.jdbc
                .sql("UPDATE issues SET status = 'ignored', substatus = 'archived_forever'")
                .update();
        process.reads(database.event(7, null));

        assertThat(database.reasons()).isEmpty();
    }

    @Test
    void anEventOfAnIssueThatIsGoneFiresNothing() {
        database.rule(new EveryEvent());
        ItemStored event = database.event(7, null);
        database.jdbc.sql("DELETE FROM issues").update();

        process().reads(event);

        assertThat(database.reasons()).isEmpty();
    }

    @Test
    void filtersOfEachKindDecide() {
        database.jdbc
                .sql("UPDATE issues SET event_count = 5, first_seen = first_seen - interval '1 hour'")
                .update();
        List<AlertFilter> passing = List.of(
                new OfLevel(Order.AT_LEAST, Level.ERROR),
                new AlertFilter.OfRelease(new TextTest(Operator.NOT_SET, List.of())),
                new Tag("browser", new TextTest(Operator.CONTAINS, List.of("FIRE"))),
                new Attribute("exception.type", new TextTest(Operator.EQUALS, List.of("cartexception"))),
                new Age(true, Duration.ofMinutes(30)),
                new Occurrences(5),
                new Assigned(Assignee.NOBODY, null));
        List<AlertFilter> failing = List.of(
                new OfLevel(Order.AT_LEAST, Level.FATAL),
                new AlertFilter.OfRelease(new TextTest(Operator.EQUALS, List.of("latest"))),
                new LatestRelease(),
                new Tag("browser", new TextTest(Operator.EQUALS, List.of("safari"))),
                new Attribute("user.email", new TextTest(Operator.NOT_SET, List.of())),
                new Age(false, Duration.ofMinutes(30)),
                new Occurrences(6),
                new Assigned(Assignee.ANYBODY, null));
        passing.forEach(filter -> database.rule(Match.ANY, List.of(new EveryEvent()), List.of(filter), null));
        failing.forEach(filter -> database.rule(Match.ANY, List.of(new EveryEvent()), List.of(filter), null));
        database.rule(Match.ANY, List.of(new EveryEvent()), List.of(), "production");
        database.rule(Match.ANY, List.of(new EveryEvent()), List.of(), "staging");

        process()
                .reads(database.event(
                        7, null, database.now, Cause.LIVE, "production", Map.of("browser", "Firefox 140")));

        assertThat(database.count("alert_firings")).isEqualTo(passing.size() + 1);
    }

    @Test
    void allAndNoneOfTheConditions() {
        long all = database.rule(
                Match.ALL, List.of(new Regression(), new Frequency(Measure.EVENTS, 3, true, FIVE)), List.of(), null);
        long none = database.rule(Match.NONE, List.of(new NewIssue(), moreThan(Measure.EVENTS, 100)), List.of(), null);
        Evaluator process = process();

        ItemStored first = database.event(7, null);
        process.reads(database.activity(Kind.NEW, first), first);
        assertThat(fired(none)).as("the first event made the issue").isZero();
        ItemStored second = database.event(7, null);
        process.reads(second, database.activity(Kind.REGRESSED, second));
        assertThat(fired(none)).isEqualTo(1);
        assertThat(fired(all)).as("two events so far").isZero();
        ItemStored third = database.event(7, null);
        process.reads(third, database.activity(Kind.REGRESSED, third));
        assertThat(fired(all)).isEqualTo(1);
    }

    private static long fired(long rule) {
        return database.count("alert_firings WHERE rule_id = " + rule);
    }

    @Test
    void aRuleIsSilentForItsInterval() {
        database.rule(new EveryEvent());
        Evaluator process = process();
        process.reads(database.event(7, null));
        process.reads(database.event(7, null));
        database.now = database.now.plus(Duration.ofMinutes(30)).minusMillis(1);
        process.reads(database.event(7, null));
        assertThat(database.count("alert_firings")).isEqualTo(1);

        database.now = database.now.plusMillis(1);
        process.reads(database.event(7, null));
        assertThat(database.count("alert_firings")).isEqualTo(2);
    }

    @Test
    void whatComesAgainAfterACrashFiresNothingAgain() {
        database.rule(new EveryEvent());
        database.rule(moreThan(Measure.EVENTS, 1));
        ItemStored first = database.event(7, null);
        ItemStored second = database.event(7, null);
        process().reads(first, second);
        assertThat(database.count("alert_firings")).isEqualTo(2);

        // The process died before its offsets were committed; another one reads the same, otherwise cut, after the
        // interval.
        database.now = database.now.plus(Duration.ofMinutes(40));
        Evaluator another = process();
        another.reads(first);
        another.reads(second);

        assertThat(database.count("alert_firings")).isEqualTo(2);
        assertThat(database.count("deliveries")).isEqualTo(2);
    }

    @Test
    void twoProcessesThatReadTheSameFireOnce() throws Exception {
        database.rule(new NewIssue());
        database.rule(moreThan(Measure.EVENTS, 1));
        List<ProcessedRecord> records = new ArrayList<>();
        for (long issue = 100; issue < 300; issue++) {
            database.issue(issue);
            ItemStored event = database.event(issue, null);
            records.addAll(List.of(database.activity(Kind.NEW, event), event, database.event(issue, null)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> running = new ArrayList<>();
            for (int seed = 0; seed < 2; seed++) {
                List<ProcessedRecord> own = new ArrayList<>(records);
                own.addAll(records);
                Collections.shuffle(own, new Random(seed));
                Evaluator process = process();
                running.add(threads.submit(() -> own.forEach(process::reads)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(database.count("alert_firings")).isEqualTo(400);
        assertThat(database.count("(SELECT DISTINCT rule_id, issue_id FROM alert_firings) AS one"))
                .isEqualTo(400);
        assertThat(database.count("alert_firings WHERE summarised")).isEqualTo(180);
        assertThat(database.count("deliveries")).isEqualTo(220);
    }

    @Test
    void aStormBecomesTwentyMessagesAndASummary() {
        database.rule(new NewIssue());
        Evaluator process = process();
        for (long issue = 100; issue < 300; issue++) {
            database.issue(issue);
            process.reads(database.activity(Kind.NEW, database.event(issue, null)));
        }
        database.now = database.now.plus(Duration.ofMinutes(5));
        process.tick.look();
        process.tick.look();

        assertThat(database.jdbc
                        .sql("SELECT kind || ' ' || count(*) FROM deliveries GROUP BY kind ORDER BY kind")
                        .query(String.class)
                        .list())
                .containsExactly("alert 20", "summary 1");
        assertThat(database.jdbc
                        .sql("SELECT content ->> 'subject' FROM deliveries WHERE kind = 'summary'")
                        .query(String.class)
                        .single())
                .isEqualTo("Shop: 180 more new issues within 5 minutes");
        assertThat(database.jdbc
                        .sql("SELECT content ->> 'text' FROM deliveries WHERE kind = 'summary'")
                        .query(String.class)
                        .single())
                .contains("shop.Cart (180)", "https://errors.example/ui/issues?project=1");
    }

    @Test
    void aSnoozeEndsByItself() {
        long rule = database.rule(new EveryEvent());
        Evaluator process = process();
        database.jdbc
                .sql("""
                        INSERT INTO alert_snoozes (project_id, rule_id, issue_id, user_id, until, created_by, created_at)
                        VALUES (1, :rule, 7, 0, :until, 'ada', now())
                        """)
                .param("rule", rule)
                .param("until", database.now.plusSeconds(60).atOffset(ZoneOffset.UTC))
                .update();
        process.reads(database.event(7, null));
        assertThat(database.count("alert_firings")).isZero();

        database.now = database.now.plusSeconds(60);
        process.reads(database.event(7, null));
        assertThat(database.count("alert_firings")).isEqualTo(1);
    }

    @Test
    void anIncreaseIsFoundByLooking() {
        database.rule(new Increase(Measure.EVENTS, 100, FIVE, Duration.ofHours(1)));
        database.issue(8);
        Instant before = database.now.minus(Duration.ofHours(1)).minus(Duration.ofMinutes(2));
        for (long issue = 7; issue <= 8; issue++) {
            database.event(issue, null, before, Cause.LIVE, null, Map.of());
            database.event(issue, null);
            database.event(issue, null);
        }
        Evaluator process = process();
        process.tick.look();
        assertThat(database.reasons())
                .as("twice as many are not over 100 % more")
                .isEmpty();

        database.event(8, null);
        process.tick.look();
        process.tick.look();

        assertThat(database.reasons())
                .containsExactly("3 events in 5 minutes, 200 % more than the 1 of 1 hour before (over 100 %)");
    }

    @Test
    void crashesOfSessionsFireForTheProject() {
        database.rule(new CrashFreeBelow(Rate.SESSIONS, 99, Duration.ofHours(1), 50));
        Evaluator process = process();
        sessions(49, 5);
        process.tick.look();
        assertThat(database.reasons()).as("too few").isEmpty();

        sessions(150, 0);
        process.tick.look();
        process.tick.look();

        assertThat(database.reasons())
                .containsExactly("97.49 % of 199 sessions in 1 hour were free of crashes (less than 99 %)");
        assertThat(database.count("alert_firings WHERE issue_id = 0 AND title = 'Shop'"))
                .isEqualTo(1);
        assertThat(database.count("deliveries WHERE issue_id IS NULL")).isEqualTo(1);
    }

    private static void sessions(long sessions, long crashed) {
        database.jdbc
                .sql("""
                        INSERT INTO session_minutes (project_id, release, environment, minute, sessions, errored, unhandled, abnormal,
                                                     crashed, durations, duration_ms)
                        VALUES (1, 'r' || :sessions, '', :minute, :sessions, :crashed, 0, 0, :crashed, 0, 0)
                        """)
                .param("minute", database.now.truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC))
                .param("sessions", sessions)
                .param("crashed", crashed)
                .update();
    }

    @Test
    void aSpikeFiresItsRulesOnceHoweverOftenItIsSeen() {
        database.rule(new Spike(Extent.ISSUE));
        database.rule(new Spike(Extent.PROJECT));
        // Their silence is over before the spikes are seen for the last time.
        database.jdbc
                .sql("UPDATE alert_rules SET definition = jsonb_set(definition, '{interval_minutes}', '1')")
                .update();
        database.event(7, null);
        Evaluator process = process();

        database.spike(7, 90, 4);
        database.spike(0, 420, 12);

        process.tick.look();
        database.now = database.now.plus(Duration.ofMinutes(10));
        process.tick.look();

        assertThat(database.reasons())
                .containsExactlyInAnyOrder(
                        "a spike of the issue: 90 events in an hour, 4 are usual",
                        "a spike of the project: 420 events in a minute, 12 are usual");
    }

    @Test
    void eachTargetGetsWhatItsFormNeeds() {
        long rule = database.rule(new EveryEvent());
        database.target(rule, "email", "ops@example.org");
        database.target(rule, "webhook", "https://hooks.example/lean");
        database.target(rule, "sentry_webhook", "https://hooks.example/sentry");
        database.target(rule, "sentry_plugin", "https://hooks.example/plugin");
        database.target(rule, "slack", "https://hooks.example/slack");
        database.jdbc
                .sql(
                        "UPDATE alert_targets SET subject = '{{ event.exception.type }} in {{ project.slug }}' WHERE type = 'slack'")
                .update();

        process().reads(database.event(7, null));

        assertThat(database.jdbc.sql("""
                                SELECT concat_ws(' ', target_type, content ->> 'subject', content -> 'lean' -> 'issue' ->> 'short_id',
                                                 content -> 'sentry' -> 'data' -> 'event' ->> 'issue_id',
                                                 content -> 'plugin' ->> 'project_slug')
                                FROM deliveries ORDER BY id
                                """).query(String.class).list())
                .containsExactly(
                        "email SHOP-7 CartException: no cart",
                        "webhook SHOP-7 CartException: no cart SHOP-7",
                        "sentry_webhook SHOP-7 CartException: no cart 7",
                        "sentry_plugin SHOP-7 CartException: no cart shop",
                        "slack CartException in shop");
    }

    @Test
    void changedRulesAreSeen() {
        Evaluator process = process();
        process.reads(database.event(7, null));
        long rule = database.rule(new EveryEvent());
        process.rules.refresh();
        process.reads(database.event(7, null));
        assertThat(database.count("alert_firings")).isEqualTo(1);

        database.issue(8);
        database.jdbc
                .sql("UPDATE alert_rules SET enabled = false, revision = revision + 1 WHERE id = :id")
                .param("id", rule)
                .update();
        process.rules.refresh();
        process.reads(database.event(8, null));
        assertThat(database.count("alert_firings")).isEqualTo(1);
    }

    /** Shows what many rules cost each event; says nothing of how much that may be. */
    @Test
    void manyRulesAreEvaluatedForEachEvent() {
        for (int i = 0; i < 1_000; i++) {
            database.rule(
                    Match.ANY,
                    List.of(moreThan(i % 2 == 0 ? Measure.EVENTS : Measure.USERS, 1_000 + i)),
                    List.of(new OfLevel(Order.AT_LEAST, Level.INFO)),
                    null);
        }
        Evaluator process = process();
        List<ItemStored> records = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            records.add(database.event(7, (long) i));
        }
        process.reads(records.toArray(ItemStored[]::new));
        long begin = System.nanoTime();
        int rounds = TestSize.of(2, 20);
        for (int round = 0; round < rounds; round++) {
            process.reads(records.toArray(ItemStored[]::new));
        }
        if (Boolean.getBoolean(TestSize.PROPERTY)) {
            System.out.printf(
                    "1,000 rules: %.0f µs for each record%n",
                    (System.nanoTime() - begin) / 1e3 / rounds / records.size());
        }

        assertThat(database.reasons()).isEmpty();
    }
}
