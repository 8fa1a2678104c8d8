/** Where something is in an event, and what the event says of its changes. */
@NullMarked
package dev.resentry.processing.scrub.place;

import org.jspecify.annotations.NullMarked;
