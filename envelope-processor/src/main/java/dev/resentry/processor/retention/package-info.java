/** Removes what is not kept any longer, again and again, and measures what disk the rest takes. */
@NullMarked
package dev.resentry.processor.retention;

import org.jspecify.annotations.NullMarked;
