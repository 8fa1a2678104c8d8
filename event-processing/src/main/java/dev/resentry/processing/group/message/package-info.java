/** Messages without what changes from one event to the next. */
@NullMarked
package dev.resentry.processing.group.message;

import org.jspecify.annotations.NullMarked;
