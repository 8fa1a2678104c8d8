/** Errors and messages. */
@NullMarked
package dev.resentry.processor.item.event;

import org.jspecify.annotations.NullMarked;
