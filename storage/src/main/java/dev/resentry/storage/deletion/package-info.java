/** What deletions say of themselves: which rows are gone, and where else the data still is. */
@NullMarked
package dev.resentry.storage.deletion;

import org.jspecify.annotations.NullMarked;
