/** Finds the original code that the frames of minified code come from. */
@NullMarked
package dev.resentry.processing.symbolicate;

import org.jspecify.annotations.NullMarked;
