package dev.resentry.processing.scrub.rule;

import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.processing.scrub.place.Budget;
import dev.resentry.processing.scrub.place.Changes;
import dev.resentry.processing.scrub.place.Place;
import dev.resentry.processing.scrub.place.Trail;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The rules of one project. Immutable and safe to share between threads. */
public final class ProjectRules {
    private static final int MAX_RULES = 50;

    private final List<CompiledRule> rules = new ArrayList<>();
    private final List<SelectorPath> paths = new ArrayList<>();
    private final IdentityHashMap<SelectorPath, Integer> places = new IdentityHashMap<>();
    private final SensitiveKeys keys;

    /** @throws InvalidRuleException if one cannot be used */
    public ProjectRules(List<ScrubRule> rules, SensitiveKeys keys) {
        this.keys = keys;
        if (rules.size() > MAX_RULES) {
            throw new InvalidRuleException(
                    "rules", "%d of them (expected: at most %d)".formatted(rules.size(), MAX_RULES));
        }
        for (int i = 0; i < rules.size(); i++) {
            try {
                add(new CompiledRule(rules.get(i), i + 1, keys));
            } catch (InvalidRuleException e) {
                throw e.of(i);
            }
        }
    }

    private void add(CompiledRule rule) {
        rules.add(rule);
        collect(rule.selector());
    }

    private void collect(Selector selector) {
        switch (selector) {
            case Selector.OfPath one -> {
                places.put(one.path(), paths.size());
                paths.add(one.path());
            }
            case Selector.All all -> all.parts().forEach(this::collect);
            case Selector.Any any -> any.parts().forEach(this::collect);
            case Selector.Not not -> collect(not.part());
        }
    }

    /** Applies the rules to an event, changing its tree in place. */
    public void apply(ObjectNode event, Place place, Trail trail, Changes changes, Budget budget) {
        if (!rules.isEmpty()) {
            new RuleWalk(this, keys, trail, changes, budget).object(event, place, atRoot(), false);
        }
    }

    List<CompiledRule> rules() {
        return rules;
    }

    List<SelectorPath> paths() {
        return paths;
    }

    private long[] atRoot() {
        var states = new long[paths.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = paths.get(i).atRoot();
        }
        return states;
    }

    boolean isMatched(SelectorPath path, long[] states) {
        Integer place = places.get(path);
        return place != null && path.isMatched(states[place]);
    }
}
