/** Makes the frames of events readable by what their projects uploaded. */
@NullMarked
package dev.resentry.processor.symbolicate;

import org.jspecify.annotations.NullMarked;
