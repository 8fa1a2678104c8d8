/** Envelopes as they came, and what was made of them. */
@NullMarked
package dev.resentry.query.envelope;

import org.jspecify.annotations.NullMarked;
