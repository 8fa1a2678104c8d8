package dev.resentry.storage.regroup;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.resentry.storage.regroup.RegroupChange.Kind;
import dev.resentry.storage.regroup.RegroupChange.Part;
import dev.resentry.storage.regroup.RegroupPlan.Home;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells a {@link RegroupPlan} as people are shown it. */
final class RegroupChanges {
    private final RegroupPlan plan;
    private final Map<Long, String> titles;
    private final Map<Home, Long> made;

    /**
     * @param titles of issues that there are
     * @param made the ids of new issues; empty as long as none is made
     */
    RegroupChanges(RegroupPlan plan, Map<Long, String> titles, Map<Home, Long> made) {
        this.plan = plan;
        this.titles = titles;
        this.made = made;
    }

    /** Events that have issue and home in common. */
    private record Flow(Home from, Home to, long events, RegroupGroup latest) {
        static Flow of(RegroupGroup group, Home to) {
            return new Flow(new Home.Existing(group.issue()), to, group.events(), group);
        }

        Flow plus(Flow other) {
            return new Flow(from, to, events + other.events, other.latest.isLaterThan(latest) ? other.latest : latest);
        }

        boolean stays() {
            return from.equals(to);
        }
    }

    /** All of them, each kind by its ranks. */
    List<RegroupChange> all() {
        Map<Map.Entry<Home, Home>, Flow> flows = new LinkedHashMap<>();
        for (RegroupGroup group : plan.groups()) {
            Flow flow = Flow.of(group, plan.homeOf(group));
            flows.merge(Map.entry(flow.from(), flow.to()), flow, Flow::plus);
        }
        List<RegroupChange> all = new ArrayList<>();
        all.addAll(changes(Kind.MERGE, flows.values(), Flow::to, Flow::from));
        all.addAll(changes(Kind.SPLIT, flows.values(), Flow::from, Flow::to));
        return all;
    }

    private List<RegroupChange> changes(
            Kind kind, Collection<Flow> flows, Function<Flow, Home> whole, Function<Flow, Home> part) {
        Map<Home, List<Flow>> byWhole = new HashMap<>();
        flows.forEach(flow -> byWhole.computeIfAbsent(whole.apply(flow), _ -> new ArrayList<>())
                .add(flow));
        List<RegroupChange> changes = byWhole.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> change(kind, entry.getKey(), entry.getValue(), part))
                .sorted(comparingLong(RegroupChange::events)
                        .reversed()
                        .thenComparing(RegroupChange::title)
                        .thenComparing(RegroupChange::issueId, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
        List<RegroupChange> ranked = new ArrayList<>();
        for (RegroupChange change : changes) {
            ranked.add(new RegroupChange(
                    kind,
                    ranked.size() + 1L,
                    change.issueId(),
                    change.title(),
                    change.events(),
                    change.parts(),
                    change.partsTotal()));
        }
        return ranked;
    }

    private RegroupChange change(Kind kind, Home whole, List<Flow> flows, Function<Flow, Home> part) {
        boolean isMerge = kind == Kind.MERGE;
        List<Flow> sorted = flows.stream()
                .sorted(comparing(Flow::stays)
                        .reversed()
                        .thenComparing(comparingLong(Flow::events).reversed())
                        .thenComparing(flow -> flow.latest().latest()))
                .toList();
        return new RegroupChange(
                kind,
                0,
                id(whole),
                isMerge ? afterwards(whole, flows) : today(whole, sorted.getFirst()),
                flows.stream().mapToLong(Flow::events).sum(),
                sorted.stream()
                        .limit(RegroupChange.MOST_PARTS)
                        .map(flow -> new Part(
                                id(part.apply(flow)),
                                isMerge
                                        ? today(flow.from(), flow)
                                        : flow.latest().title(),
                                flow.latest().culprit(),
                                flow.events(),
                                flow.latest().latest()))
                        .toList(),
                flows.size());
    }

    /** What an issue is called now; a new one as its latest event is by the new rules. */
    private String today(Home home, Flow flow) {
        return home instanceof Home.Existing(long issue)
                ? titles.getOrDefault(issue, flow.latest().title())
                : flow.latest().title();
    }

    /** How an issue will be called: as now if the latest events of a part of it still are, else as its latest one. */
    private String afterwards(Home home, List<Flow> flows) {
        String today = today(home, flows.getFirst());
        List<RegroupGroup> latest = flows.stream().map(Flow::latest).toList();
        return latest.stream().anyMatch(group -> group.title().equals(today))
                ? today
                : latest.stream()
                        .reduce((one, other) -> other.isLaterThan(one) ? other : one)
                        .map(RegroupGroup::title)
                        .orElse(today);
    }

    private @Nullable Long id(Home home) {
        return home instanceof Home.Existing(long issue) ? Long.valueOf(issue) : made.get(home);
    }
}
