/** The processor as a process, its settings, and the list of its parts. */
@NullMarked
package dev.resentry.processor;

import org.jspecify.annotations.NullMarked;
