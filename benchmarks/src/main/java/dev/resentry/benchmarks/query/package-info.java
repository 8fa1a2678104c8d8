/** The API's answers over a month of events, measured beside a single look-up through the same stack. */
@NullMarked
package dev.resentry.benchmarks.query;

import org.jspecify.annotations.NullMarked;
