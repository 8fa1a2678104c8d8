/** Events, transactions, spans and logs in the columns that are asked for: rows, groups, series, facets and files. */
@NullMarked
package dev.resentry.query.explore;

import org.jspecify.annotations.NullMarked;
