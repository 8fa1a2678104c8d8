package dev.resentry.processing.scrub.rule;

import dev.resentry.processing.meta.Remark;
import dev.resentry.processing.scrub.key.KeyVerdict;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.processing.scrub.place.Budget;
import dev.resentry.processing.scrub.place.Changes;
import dev.resentry.processing.scrub.place.Place;
import dev.resentry.processing.scrub.place.Trail;
import dev.resentry.processing.scrub.text.Rewrite;
import dev.resentry.processing.scrub.text.SecretKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Walks through one event and applies a project's rules to what they select. */
final class RuleWalk {
    private static final int MAX_DEPTH = 300;

    private final ProjectRules rules;
    private final SensitiveKeys keys;
    private final Trail trail;
    private final Changes changes;
    private final Budget budget;

    RuleWalk(ProjectRules rules, SensitiveKeys keys, Trail trail, Changes changes, Budget budget) {
        this.rules = rules;
        this.keys = keys;
        this.trail = trail;
        this.changes = changes;
        this.budget = budget;
    }

    /**
     * Goes through the fields of an object.
     *
     * @param states how much of each path the way to it has matched
     * @param secret whether a name on the way says that all below is one
     */
    void object(ObjectNode object, Place place, long[] states, boolean secret) {
        Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            trail.enter(field.getKey());
            JsonNode now = field(field.getKey(), field.getValue(), place, states, secret);
            if (now == null) {
                fields.remove();
            } else {
                field.setValue(now);
            }
            trail.leave();
        }
    }

    private @Nullable JsonNode field(String name, JsonNode value, Place place, long[] before, boolean secret) {
        Place child = place.child(name);
        if (child.content().isFixed() || value.isNull()) {
            return value;
        }
        boolean secretName = secret || (!place.isNamed(name) && keys.verdict(name) == KeyVerdict.SECRET);
        return value(name, value, child, states(before, name, value, child), secretName);
    }

    private @Nullable JsonNode value(String name, JsonNode value, Place place, long[] states, boolean secret) {
        List<CompiledRule> meant = meant(states);
        if (!value.isContainer()) {
            return meant.isEmpty() ? value : scalar(value, meant, secret);
        }
        for (CompiledRule rule : meant) {
            if (rule.removesWholes() && !place.isStructure() && !rule.selector().hasExceptions()) {
                changes.note(trail, Remark.ofWhole(rule.id(), Remark.Kind.REMOVED), value.size());
                return null;
            }
        }
        if (trail.depth() > MAX_DEPTH) {
            // What comes behind the rules takes it away.
            return value;
        }
        if (value instanceof ObjectNode object) {
            object(object, place, states, secret);
        } else if (value instanceof ArrayNode array) {
            array(name, array, place, states, secret);
        }
        return value;
    }

    private void array(String name, ArrayNode array, Place place, long[] states, boolean secret) {
        for (int i = 0; i < array.size(); i++) {
            JsonNode entry = array.get(i);
            trail.enter(i);
            JsonNode now;
            if (entry instanceof ArrayNode pair
                    && pair.size() == 2
                    && pair.get(0).isString()) {
                trail.enter(1);
                JsonNode second = field(pair.get(0).asString(), pair.get(1), place, states, secret);
                pair.set(1, second == null ? pair.nullNode() : second);
                trail.leave();
                now = pair;
            } else {
                now = value(name, entry, place, states(states, Integer.toString(i), entry, place), secret);
            }
            array.set(i, now == null ? array.nullNode() : now);
            trail.leave();
        }
    }

    private @Nullable JsonNode scalar(JsonNode value, List<CompiledRule> meant, boolean secret) {
        String text = value.asString();
        for (CompiledRule rule : meant) {
            if (rule.removesWholes()) {
                changes.note(trail, Remark.ofWhole(rule.id(), Remark.Kind.REMOVED), text.length());
                return null;
            }
            if (!budget.takes((long) text.length() * rule.cost())) {
                changes.gaveUp(trail, budget.exceeded());
                return StringNode.valueOf(SecretKind.PASSWORD.marker());
            }
        }
        var rewrite = new Rewrite(text);
        // One after the other, again and again: what one leaves may be what another looks for.
        boolean settled = rewrite.run(meant.stream()
                .map(rule -> (Rewrite.Pass) (now, parts) -> rule.run(now, secret, parts))
                .toList());
        if (!settled) {
            changes.gaveUp(trail, "not looked through: each look finds more");
            return StringNode.valueOf(SecretKind.PASSWORD.marker());
        }
        if (!rewrite.isChanged()) {
            return value;
        }
        rewrite.remarks().forEach(remark -> changes.note(trail, remark, text.length()));
        return StringNode.valueOf(rewrite.text());
    }

    private List<CompiledRule> meant(long[] states) {
        List<CompiledRule> meant = new ArrayList<>(0);
        for (CompiledRule rule : rules.rules()) {
            if (rule.selector().isOf(path -> rules.isMatched(path, states))) {
                meant.add(rule);
            }
        }
        return meant;
    }

    private long[] states(long[] before, String name, JsonNode value, Place place) {
        var after = new long[before.length];
        for (int i = 0; i < after.length; i++) {
            after[i] = rules.paths().get(i).behind(before[i], name, value, place);
        }
        return after;
    }
}
