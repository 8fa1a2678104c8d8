package dev.resentry.query.explore;

import dev.resentry.storage.explore.ExploreFacets;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Which values the matches have.
 *
 * @param rows of how many matches, those that came last
 * @param sampled whether there are more
 */
@Schema(name = "ExploredFacets")
record ExploreFacetsResponse(long rows, boolean sampled, List<Facet> facets) {
    /**
     * The values of a key.
     *
     * @param rows of how many matches, those that came last; fewer if the key is of payloads
     * @param missing how many of these have no value
     * @param values at most five, those that most have first
     */
    @Schema(name = "ExploredFacet")
    record Facet(String key, long rows, long missing, List<Value> values) {}

    /** A value and how many matches have it. */
    @Schema(name = "ExploredFacetValue")
    record Value(String value, long count) {}

    static ExploreFacetsResponse of(ExploreFacets facets) {
        return new ExploreFacetsResponse(
                facets.rows(),
                facets.sampled(),
                facets.facets().stream()
                        .map(facet -> new Facet(
                                facet.key(),
                                facet.rows(),
                                facet.missing(),
                                facet.values().stream()
                                        .map(value -> new Value(value.value(), value.count()))
                                        .toList()))
                        .toList());
    }
}
