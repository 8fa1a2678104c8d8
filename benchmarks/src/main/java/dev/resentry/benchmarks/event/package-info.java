/** Measures the processing of events beside the parsing of their bytes. */
@NullMarked
package dev.resentry.benchmarks.event;

import org.jspecify.annotations.NullMarked;
