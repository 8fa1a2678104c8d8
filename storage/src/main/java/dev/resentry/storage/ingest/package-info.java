/** One batch of what the processor made of envelopes, one transaction; what is written is up to the steps of the aggregates. */
@NullMarked
package dev.resentry.storage.ingest;

import org.jspecify.annotations.NullMarked;
