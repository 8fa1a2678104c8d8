package dev.resentry.storage.explore;

import java.util.List;

/**
 * What the matches have in common.
 *
 * @param rows of how many of them, those that came last
 * @param sampled whether there are more
 */
public record ExploreFacets(long rows, boolean sampled, List<Facet> facets) {

    /**
     * The values of a key.
     *
     * @param rows of how many matches
     * @param missing how many of these have no value
     * @param values those that most have first
     */
    public record Facet(String key, long rows, long missing, List<Value> values) {}

    /** A value and how many have it. */
    public record Value(String value, long count) {}
}
