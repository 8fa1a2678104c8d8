/** The API of searches that people keep, and of those that they made lately. */
@NullMarked
package dev.resentry.query.savedsearch;

import org.jspecify.annotations.NullMarked;
