/** All of Resentry in one process, for a laptop, and the commands behind {@code ./resentry}. */
@NullMarked
package dev.resentry.standalone;

import org.jspecify.annotations.NullMarked;
