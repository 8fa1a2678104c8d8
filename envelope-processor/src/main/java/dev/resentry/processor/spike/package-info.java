/** Finds spikes, and has them limit what protected projects send. */
@NullMarked
package dev.resentry.processor.spike;

import org.jspecify.annotations.NullMarked;
