/** Logs: written by a step of batches, read as lists, by trace and in quantities, and told to who watches as they are committed. */
@NullMarked
package dev.resentry.storage.log;

import org.jspecify.annotations.NullMarked;
