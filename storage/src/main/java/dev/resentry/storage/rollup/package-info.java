/** Counts of events by issue, project, time, tag and user: written with the events, made again from them, read by lists and graphs. */
@NullMarked
package dev.resentry.storage.rollup;

import org.jspecify.annotations.NullMarked;
