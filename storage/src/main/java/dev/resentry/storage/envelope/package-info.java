/** Envelopes and their items, written and read. */
@NullMarked
package dev.resentry.storage.envelope;

import org.jspecify.annotations.NullMarked;
