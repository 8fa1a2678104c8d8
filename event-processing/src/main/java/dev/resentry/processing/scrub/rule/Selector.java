package dev.resentry.processing.scrub.rule;

import java.util.List;
import java.util.function.Predicate;

/** Which values a rule is about. */
sealed interface Selector {

    record OfPath(SelectorPath path) implements Selector {}

    record All(List<Selector> parts) implements Selector {
        public All {
            parts = List.copyOf(parts);
        }
    }

    record Any(List<Selector> parts) implements Selector {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    record Not(Selector part) implements Selector {}

    /** Whether a value is meant whose way matched some of the paths. */
    default boolean isOf(Predicate<SelectorPath> matched) {
        return switch (this) {
            case OfPath one -> matched.test(one.path());
            case All all -> all.parts().stream().allMatch(part -> part.isOf(matched));
            case Any any -> any.parts().stream().anyMatch(part -> part.isOf(matched));
            case Not not -> !not.part().isOf(matched);
        };
    }

    /** Whether something below a value that is meant may not be. */
    default boolean hasExceptions() {
        return switch (this) {
            case OfPath _ -> false;
            case All all -> all.parts().stream().anyMatch(Selector::hasExceptions);
            case Any any -> any.parts().stream().anyMatch(Selector::hasExceptions);
            case Not _ -> true;
        };
    }
}
