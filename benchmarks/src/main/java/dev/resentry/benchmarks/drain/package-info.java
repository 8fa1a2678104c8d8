/**
 * Measures the whole product: from the senders' connections to rows that can be read, beside the floors of the same
 * work.
 */
@NullMarked
package dev.resentry.benchmarks.drain;

import org.jspecify.annotations.NullMarked;
