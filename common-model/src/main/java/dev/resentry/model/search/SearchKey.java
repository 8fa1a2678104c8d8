package dev.resentry.model.search;

/** What stands before the colon of a term. */
public record SearchKey(Kind kind, String name) {
    /** How a key was written. */
    public enum Kind {
        /** {@code name}: a field, or a tag if there is no such field. */
        NAME,
        /** {@code tags[name]}, whatever fields there are. */
        TAG,
        /** {@code tags[name,number]}: a tag whose values are compared as numbers. */
        NUMBER_TAG,
        /** {@code flags[name]}: a feature flag. */
        FLAG,
        /** {@code count()}: a figure of a group. */
        AGGREGATE
    }

    /** As it is written in a query. */
    @Override
    public String toString() {
        return switch (kind) {
            case NAME, AGGREGATE -> name;
            case TAG -> "tags[" + name + "]";
            case NUMBER_TAG -> "tags[" + name + ",number]";
            case FLAG -> "flags[" + name + "]";
        };
    }
}
