/** Spans, of transactions and without one: written by a step of batches, read by transaction or trace. */
@NullMarked
package dev.resentry.storage.span;

import org.jspecify.annotations.NullMarked;
