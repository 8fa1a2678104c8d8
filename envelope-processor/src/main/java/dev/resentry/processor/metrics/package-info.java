/** What a processor counts. */
@NullMarked
package dev.resentry.processor.metrics;

import org.jspecify.annotations.NullMarked;
