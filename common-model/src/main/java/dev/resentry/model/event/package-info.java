/** Events: their ids, and typed views of the JSON tree that an event is. */
@NullMarked
package dev.resentry.model.event;

import org.jspecify.annotations.NullMarked;
