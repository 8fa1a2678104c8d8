/** Logs: lists by their own time, how many there are of a level, and what comes in as it comes in. */
@NullMarked
package dev.resentry.query.log;

import org.jspecify.annotations.NullMarked;
