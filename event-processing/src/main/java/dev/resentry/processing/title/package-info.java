/** What an event is called in lists, and where it happened. */
@NullMarked
package dev.resentry.processing.title;

import org.jspecify.annotations.NullMarked;
