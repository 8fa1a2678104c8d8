/** Rows, groups, series and facets of what SDKs sent, in the columns that are asked for. */
@NullMarked
package dev.resentry.storage.explore;

import org.jspecify.annotations.NullMarked;
