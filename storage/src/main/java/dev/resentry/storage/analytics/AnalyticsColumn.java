package dev.resentry.storage.analytics;

import dev.resentry.storage.explore.ExploreType;

/**
 * A column of a copied table.
 *
 * @param name lower case letters, digits and underscores
 */
public record AnalyticsColumn(String name, ExploreType type) {}
