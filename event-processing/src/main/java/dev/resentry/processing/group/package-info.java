/** Which issue an event belongs to. */
@NullMarked
package dev.resentry.processing.group;

import org.jspecify.annotations.NullMarked;
