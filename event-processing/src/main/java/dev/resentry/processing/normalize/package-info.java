/** From what an SDK sent as an event to one shape. */
@NullMarked
package dev.resentry.processing.normalize;

import org.jspecify.annotations.NullMarked;
