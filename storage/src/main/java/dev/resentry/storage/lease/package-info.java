/** Turns that one process has at a time. */
@NullMarked
package dev.resentry.storage.lease;

import org.jspecify.annotations.NullMarked;
