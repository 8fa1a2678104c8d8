/** Identity of events. */
@NullMarked
package dev.resentry.model.event;

import org.jspecify.annotations.NullMarked;
