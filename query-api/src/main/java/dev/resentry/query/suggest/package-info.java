/** What people may want to type next into the search bar. */
@NullMarked
package dev.resentry.query.suggest;

import org.jspecify.annotations.NullMarked;
