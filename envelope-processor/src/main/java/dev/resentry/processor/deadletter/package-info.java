/** What could not be stored, kept with its cause. */
@NullMarked
package dev.resentry.processor.deadletter;

import org.jspecify.annotations.NullMarked;
