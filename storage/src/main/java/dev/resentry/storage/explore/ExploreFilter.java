package dev.resentry.storage.explore;

import dev.resentry.model.search.SearchNode;
import dev.resentry.storage.search.SearchContext;
import java.time.Instant;

/**
 * Which rows are looked at.
 *
 * @param context whose projects and environments count
 * @param from from which arrival on
 * @param to before which arrival
 */
public record ExploreFilter(
        ExploreDataset dataset, SearchNode query, SearchContext context, Instant from, Instant to) {}
