/** Stored events put under other rules of grouping: previewed, applied, undone. */
@NullMarked
package dev.resentry.storage.regroup;

import org.jspecify.annotations.NullMarked;
