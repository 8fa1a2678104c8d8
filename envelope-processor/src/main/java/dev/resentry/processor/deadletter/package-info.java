/** What could not be stored: kept with its cause, and processed once more. */
@NullMarked
package dev.resentry.processor.deadletter;

import org.jspecify.annotations.NullMarked;
