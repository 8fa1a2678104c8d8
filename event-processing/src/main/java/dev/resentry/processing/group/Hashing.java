package dev.resentry.processing.group;

import dev.resentry.model.issue.GroupingHash;

/** The hash of a component: of the strategy, the variant and every text that contributes, each with its length. */
final class Hashing {
    private Hashing() {}

    static GroupingHash hash(String variant, Component component) {
        var hash = new HashBuilder(Grouping.STRATEGY).add(variant);
        component.walk(hash::add);
        return hash.build();
    }
}
