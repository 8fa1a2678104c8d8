package dev.resentry.storage.regroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.regroup.RegroupChange.Kind;
import dev.resentry.storage.regroup.RegroupPlan.Home;
import dev.resentry.testsupport.size.TestSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which issue each new hash belongs to. */
class RegroupPlanTest {

    @Test
    void unchangedHashesStayWhereTheyAre() {
        RegroupPlan plan = plan(group(1, "a", "a", 5), group(2, "b", "b", 9));

        assertThat(plan.homes()).isEqualTo(Map.of("a", existing(1), "b", existing(2)));
        assertThat(plan.merged()).isEmpty();
        assertThat(plan.sums()).isEqualTo(new Regroup.Sums(2, 2, 0, 0));
        assertThat(changes(plan)).isEmpty();
    }

    @Test
    void ofIssuesThatBecomeOneThatWithTheMostEventsStays() {
        RegroupPlan plan = plan(group(1, "a", "x", 5), group(2, "b", "x", 9), group(3, "c", "x", 9));

        assertThat(plan.homes()).isEqualTo(Map.of("x", existing(2)));
        assertThat(plan.merged()).isEqualTo(Map.of(1L, 2L, 3L, 2L));
        assertThat(plan.sums()).isEqualTo(new Regroup.Sums(3, 1, 2, 0));
    }

    @Test
    void ofAnIssueThatBecomesSeveralTheLargestPartStays() {
        RegroupPlan plan = plan(group(1, "a", "x", 5), group(1, "a", "y", 6), group(1, "a", "z", 5));

        assertThat(plan.homes()).isEqualTo(Map.of("y", existing(1), "x", new Home.New("x"), "z", new Home.New("z")));
        assertThat(plan.merged()).isEmpty();
        assertThat(plan.sums()).isEqualTo(new Regroup.Sums(1, 3, 0, 2));
    }

    /** As live events are filed: by the hash that the issue has, and those of a new hash into a new issue. */
    @Test
    void whatRulesTakeOutOfAnIssueLeavesItEvenWhenItIsTheLargestPart() {
        RegroupPlan plan = RegroupPlan.of(List.of(group(1, "a", "a", 5), group(1, "a", "x", 51)), Map.of("a", 1L));

        assertThat(plan.homes()).isEqualTo(Map.of("a", existing(1), "x", new Home.New("x")));
        assertThat(plan.sums()).isEqualTo(new Regroup.Sums(1, 2, 0, 1));
    }

    @Test
    void whatPeopleMergedStaysTogether() {
        RegroupPlan plan = plan(group(1, "a", "x", 5), group(1, "b", "y", 1), group(2, "c", "c", 100));

        assertThat(plan.homes()).isEqualTo(Map.of("x", existing(1), "y", existing(1), "c", existing(2)));
        assertThat(plan.split()).isEmpty();
    }

    @Test
    void aHashThatNobodyClaimsBelongsToItsOwner() {
        List<RegroupGroup> groups = List.of(group(1, "a", "x", 5), group(1, "a", "y", 1));

        assertThat(RegroupPlan.of(groups, Map.of("y", 7L)).homes())
                .isEqualTo(Map.of("x", existing(1), "y", existing(7)));
        assertThat(RegroupPlan.of(groups, Map.of("x", 7L)).homes().get("x"))
                .as("an issue claims what most of its events become")
                .isEqualTo(existing(1));
    }

    @Test
    void oneStackWithFramesMarkedOtherwiseStaysOneIssue() {
        RegroupPlan plan = RegroupPlan.of(List.of(group(1, "a", "x", "s", 5), group(1, "a", "y", "s", 2)), Map.of());

        assertThat(plan.homes()).isEqualTo(Map.of("x", existing(1), "y", existing(1)));
    }

    @Test
    void anIssueThatKeepsNothingGoesWhereMostOfItGoes() {
        RegroupPlan plan =
                plan(group(1, "a", "x", 3), group(1, "b", "y", 4), group(2, "c", "x", 10), group(3, "d", "y", 10));

        assertThat(plan.merged()).isEqualTo(Map.of(1L, 3L));
        assertThat(plan.sums()).isEqualTo(new Regroup.Sums(3, 2, 1, 0));
    }

    @Test
    void changesAreToldFromBothSides() {
        RegroupPlan plan = plan(group(1, "a", "x", 8), group(1, "a", "y", 6), group(2, "b", "x", 9));

        List<RegroupChange> changes = changes(plan);

        assertThat(changes)
                .extracting(RegroupChange::kind, RegroupChange::issueId, RegroupChange::events)
                .containsExactly(tuple(Kind.MERGE, 2L, 17L), tuple(Kind.SPLIT, 1L, 14L));
        assertThat(changes.getFirst().parts())
                .extracting(RegroupChange.Part::issueId)
                .as("the one that stays first")
                .containsExactly(2L, 1L);
        assertThat(changes.getFirst().parts())
                .extracting(RegroupChange.Part::title)
                .as("what they are called now")
                .containsExactly("Two", "One");
        assertThat(changes.getFirst().title())
                .as("as its events will be called")
                .isEqualTo("x");
        assertThat(changes.getLast().title()).as("as it is called now").isEqualTo("One");
        assertThat(changes.getLast().parts())
                .extracting(RegroupChange.Part::issueId)
                .containsExactly(2L, null);
    }

    /** What has to be so of any events, said of single events. */
    @Test
    void thePlansOfAnyEventsHold() {
        var random = new Random(11);
        for (int i = 0; i < TestSize.of(2_000, 50_000); i++) {
            holds(random);
        }
    }

    private record Event(long issue, String hash, String newHash) {}

    private static void holds(Random random) {
        List<Event> events = new ArrayList<>();
        Map<String, Long> owners = new HashMap<>();
        int kinds = 1 + random.nextInt(6);
        for (int i = random.nextInt(40); i >= 0; i--) {
            int hash = random.nextInt(kinds);
            // A hash has one issue, an issue several hashes.
            events.add(new Event(1 + hash / 2, "old" + hash, "new" + random.nextInt(kinds)));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            owners.put("new" + random.nextInt(kinds), 1L + random.nextInt(9));
        }
        RegroupPlan plan = RegroupPlan.of(groups(events), owners);

        Map<String, Long> ids = new HashMap<>();
        List<Event> after = new ArrayList<>();
        for (Event event : events) {
            Home home = plan.homes().get(event.newHash());
            assertThat(home).as("of every event").isNotNull();
            long id = home instanceof Home.Existing(long issue)
                    ? issue
                    : ids.computeIfAbsent(((Home.New) home).hash(), _ -> 100L + ids.size());
            after.add(new Event(id, event.newHash(), event.newHash()));
        }
        Set<Long> before = new HashSet<>(events.stream().map(Event::issue).toList());
        Set<Long> left = new HashSet<>(after.stream().map(Event::issue).toList());
        plan.merged().forEach((gone, into) -> {
            assertThat(left).as("merged away").doesNotContain(gone);
            assertThat(left).as("merged into").contains(into);
        });
        before.stream()
                .filter(issue -> !left.contains(issue))
                .forEach(issue ->
                        assertThat(plan.merged()).as("nobody is left over").containsKey(issue));
        assertThat(plan.sums().issuesAfter()).isEqualTo(left.size());
        assertThat(plan.sums().split()).isEqualTo(ids.size());
        theLargestClaimWins(events, plan);
        RegroupPlan again = RegroupPlan.of(groups(after), Map.of());
        assertThat(again.merged()).as("applied twice").isEmpty();
        assertThat(again.split()).as("applied twice").isEmpty();
        again.homes()
                .forEach((hash, home) -> assertThat(after)
                        .filteredOn(event -> event.newHash().equals(hash))
                        .extracting(Event::issue)
                        .containsOnly(((Home.Existing) home).issue()));
    }

    /** An old hash's largest part is in its issue, or in one that has more of the same new hash. */
    private static void theLargestClaimWins(List<Event> events, RegroupPlan plan) {
        for (Event event : events) {
            String heir = null;
            long most = 0;
            for (Event other : events) {
                long part = count(events, other.issue(), other.hash(), other.newHash());
                boolean isOfOne = other.issue() == event.issue() && other.hash().equals(event.hash());
                if (isOfOne && (part > most || (part == most && other.newHash().compareTo(heir) < 0))) {
                    heir = other.newHash();
                    most = part;
                }
            }
            assertThat(heir).isNotNull();
            long home = ((Home.Existing) plan.homes().get(heir)).issue();
            assertThat(count(events, home, null, heir))
                    .isGreaterThanOrEqualTo(count(events, event.issue(), null, heir));
        }
    }

    private static long count(List<Event> events, long issue, @Nullable String hash, String newHash) {
        return events.stream()
                .filter(event -> event.issue() == issue
                        && (hash == null || event.hash().equals(hash))
                        && event.newHash().equals(newHash))
                .count();
    }

    private static List<RegroupGroup> groups(List<Event> events) {
        Map<Event, Long> counts = new HashMap<>();
        events.forEach(event -> counts.merge(event, 1L, Long::sum));
        return counts.entrySet().stream()
                .map(entry -> group(
                        entry.getKey().issue(),
                        entry.getKey().hash(),
                        entry.getKey().newHash(),
                        entry.getValue()))
                .toList();
    }

    private static RegroupPlan plan(RegroupGroup... groups) {
        return RegroupPlan.of(List.of(groups), Map.of());
    }

    private static List<RegroupChange> changes(RegroupPlan plan) {
        return new RegroupChanges(plan, Map.of(1L, "One", 2L, "Two"), Map.of()).all();
    }

    private static Home existing(long issue) {
        return new Home.Existing(issue);
    }

    private static RegroupGroup group(long issue, String hash, String newHash, long events) {
        return group(issue, hash, newHash, null, events);
    }

    private static RegroupGroup group(
            long issue, String hash, String newHash, @Nullable String secondary, long events) {
        return new RegroupGroup(
                issue,
                "s",
                hash,
                newHash,
                secondary,
                events,
                Instant.EPOCH,
                new EventId(new UUID(issue, events)),
                newHash,
                null);
    }
}
