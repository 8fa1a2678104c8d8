/** Searches that people keep, and those that they made lately. */
@NullMarked
package dev.resentry.storage.savedsearch;

import org.jspecify.annotations.NullMarked;
