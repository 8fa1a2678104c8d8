/** Whether there are suddenly far more events than usual. */
@NullMarked
package dev.resentry.processing.spike;

import org.jspecify.annotations.NullMarked;
