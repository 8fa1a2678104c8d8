/** Times in which there were far more events than usual, and the limits that they set. */
@NullMarked
package dev.resentry.storage.spike;

import org.jspecify.annotations.NullMarked;
