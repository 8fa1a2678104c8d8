/** From the topic to batches: when a batch is stored, retried or given up. */
@NullMarked
package dev.resentry.processor.consume;

import org.jspecify.annotations.NullMarked;
