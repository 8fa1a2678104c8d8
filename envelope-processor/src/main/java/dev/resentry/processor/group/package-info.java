/** Which issue an event belongs to, and how it is called. */
@NullMarked
package dev.resentry.processor.group;

import org.jspecify.annotations.NullMarked;
