package dev.resentry.model.search;

import java.util.List;

/** What stands behind the colon of a term. */
public sealed interface SearchValue {

    /**
     * A single value.
     *
     * @param written without quotes, with wildcards as written
     */
    record One(String written, int position) implements SearchValue {
        public SearchPattern pattern() {
            return SearchPattern.of(written);
        }

        @Override
        public List<One> values() {
            return List.of(this);
        }
    }

    /** A list in brackets, of which one value is enough. */
    record AnyOf(List<One> values) implements SearchValue {
        public AnyOf {
            values = List.copyOf(values);
        }
    }

    /** The single values of which one is enough. */
    List<One> values();
}
