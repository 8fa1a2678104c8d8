/** Writing what the processor made of envelopes: one batch, one transaction, set-based. */
@NullMarked
package dev.resentry.storage.ingest;

import org.jspecify.annotations.NullMarked;
