/** How many events and users, by time and by tag. */
@NullMarked
package dev.resentry.query.stats;

import org.jspecify.annotations.NullMarked;
