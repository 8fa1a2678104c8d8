/** Putting stored events under other rules of grouping. */
@NullMarked
package dev.resentry.query.regroup;

import org.jspecify.annotations.NullMarked;
