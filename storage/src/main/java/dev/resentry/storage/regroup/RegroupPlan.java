package dev.resentry.storage.regroup;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.resentry.storage.regroup.RegroupGroup.Former;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which issue each new hash belongs to.
 *
 * <p>Each hash that an issue has so far has an heir: itself, if some of its events keep it, else the new hash that most of them get. An
 * issue claims the heirs of its hashes; of several that claim one, the one with the most events in it has it. So what people merged stays
 * together, what new rules take out of an issue leaves it, however much it is, and where all of a hash becomes several, the issue keeps
 * the largest. A new hash that nobody claims belongs to the issue that owns it already, else to
 * that of a hash of the same stack, else to a new one. Of two that are equal in number the smaller hash or id is taken.
 *
 * <p>By source maps, part of an issue's events may become readable while others still wait for theirs. An issue then claims both: the hash that
 * they have in common so far, and the new one of most of those that are readable.
 *
 * <p>An issue that keeps no event and has no new hash goes as a whole to where most of its events go. Those to which others go keep
 * events, so no issue goes to one that goes itself.
 */
final class RegroupPlan {
    private final Collection<RegroupGroup> groups;
    private final Map<String, Home> homes;
    private final Map<Long, Long> merged;

    private RegroupPlan(Collection<RegroupGroup> groups, Map<String, Home> homes, Map<Long, Long> merged) {
        this.groups = List.copyOf(groups);
        this.homes = Map.copyOf(homes);
        this.merged = Map.copyOf(merged);
    }

    /** Where events of a new hash belong. */
    sealed interface Home {
        /** To an issue that there is. */
        record Existing(long issue) implements Home {}

        /**
         * To one that has to be made.
         *
         * @param hash that of its new hashes which has the most events
         */
        record New(String hash) implements Home {}
    }

    /**
     * The plan for groups.
     *
     * @param owners the issues that own new hashes already
     */
    static RegroupPlan of(Collection<RegroupGroup> groups, Map<String, Long> owners) {
        return of(groups, owners, RegroupCause.RULES);
    }

    static RegroupPlan of(Collection<RegroupGroup> groups, Map<String, Long> owners, RegroupCause cause) {
        Map<Former, Map<String, Long>> becoming = new HashMap<>();
        Map<Long, Map<String, Long>> gotten = new TreeMap<>();
        Map<String, Long> sizes = new TreeMap<>();
        for (RegroupGroup group : groups) {
            add(becoming.computeIfAbsent(group.former(), _ -> new TreeMap<>()), group);
            add(gotten.computeIfAbsent(group.issue(), _ -> new TreeMap<>()), group);
            add(sizes, group);
        }
        Map<String, Set<Long>> claims = new TreeMap<>();
        becoming.forEach((former, news) -> heirs(former, news, cause)
                .forEach(hash ->
                        claims.computeIfAbsent(hash, _ -> new TreeSet<>()).add(former.issue())));
        Map<String, Home> homes = new HashMap<>();
        claims.forEach((hash, issues) -> homes.put(hash, new Home.Existing(winner(hash, issues, gotten))));
        settle(groups, sizes, owners, homes);
        return new RegroupPlan(groups, homes, merged(gotten, claims, homes));
    }

    private static List<String> heirs(Former former, Map<String, Long> news, RegroupCause cause) {
        Map<String, Long> changed = new TreeMap<>(news);
        if (changed.remove(former.hash()) == null) {
            return List.of(largest(news));
        }
        return cause == RegroupCause.RULES || changed.isEmpty()
                ? List.of(former.hash())
                : List.of(former.hash(), largest(changed));
    }

    private static void add(Map<String, Long> sums, RegroupGroup group) {
        sums.merge(group.newHash(), group.events(), Long::sum);
    }

    private static <K> K largest(Map<K, Long> sums) {
        return sums.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .orElseThrow()
                .getKey();
    }

    private static long winner(String hash, Set<Long> issues, Map<Long, Map<String, Long>> gotten) {
        return issues.stream()
                .max(comparingLong((Long issue) ->
                                gotten.getOrDefault(issue, Map.of()).getOrDefault(hash, 0L))
                        .thenComparing(comparing((Long issue) -> issue).reversed()))
                .orElseThrow();
    }

    /** Finds homes for hashes that nobody claims, the largest first. */
    private static void settle(
            Collection<RegroupGroup> groups,
            Map<String, Long> sizes,
            Map<String, Long> owners,
            Map<String, Home> homes) {
        Map<String, Set<String>> secondaries = new HashMap<>();
        for (RegroupGroup group : groups) {
            if (group.secondary() != null) {
                secondaries
                        .computeIfAbsent(group.newHash(), _ -> new TreeSet<>())
                        .add(group.secondary());
            }
        }
        List<String> bySize = sizes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Home> ofStacks = new HashMap<>();
        for (String hash : bySize) {
            Home home = homes.get(hash);
            if (home != null) {
                secondaries.getOrDefault(hash, Set.of()).forEach(stack -> ofStacks.putIfAbsent(stack, home));
            }
        }
        for (String hash : bySize) {
            if (!homes.containsKey(hash)) {
                Set<String> stacks = secondaries.getOrDefault(hash, Set.of());
                Long owner = owners.get(hash);
                Home home = owner != null
                        ? new Home.Existing(owner)
                        : stacks.stream()
                                .filter(ofStacks::containsKey)
                                .findFirst()
                                .map(ofStacks::get)
                                .orElseGet(() -> new Home.New(hash));
                homes.put(hash, home);
                stacks.forEach(stack -> ofStacks.putIfAbsent(stack, home));
            }
        }
    }

    private static Map<Long, Long> merged(
            Map<Long, Map<String, Long>> gotten, Map<String, Set<Long>> claims, Map<String, Home> homes) {
        Set<Long> staying = new HashSet<>();
        homes.values().forEach(home -> {
            if (home instanceof Home.Existing(long issue)) {
                staying.add(issue);
            }
        });
        Map<Long, Long> merged = new TreeMap<>();
        gotten.forEach((issue, news) -> {
            if (!staying.contains(issue)) {
                Map<Long, Long> to = new TreeMap<>();
                news.forEach((hash, events) -> {
                    if (claims.getOrDefault(hash, Set.of()).contains(issue)
                            && homes.get(hash) instanceof Home.Existing(long home)) {
                        to.merge(home, events, Long::sum);
                    }
                });
                merged.put(issue, largest(to));
            }
        });
        return merged;
    }

    Collection<RegroupGroup> groups() {
        return groups;
    }

    /** The home of every new hash. */
    Map<String, Home> homes() {
        return homes;
    }

    Home homeOf(RegroupGroup group) {
        Home home = homes.get(group.newHash());
        if (home == null) {
            throw new IllegalArgumentException("no home for hash " + group.newHash());
        }
        return home;
    }

    /** By the issue that goes, the one that it goes into. */
    Map<Long, Long> merged() {
        return merged;
    }

    /** The issues that have to be made. */
    Set<Home.New> split() {
        Set<Home.New> split = new HashSet<>();
        homes.values().forEach(home -> {
            if (home instanceof Home.New made) {
                split.add(made);
            }
        });
        return split;
    }

    Regroup.Sums sums() {
        return new Regroup.Sums(
                groups.stream().map(RegroupGroup::issue).distinct().count(),
                homes.values().stream().distinct().count(),
                merged.size(),
                split().size());
    }
}
