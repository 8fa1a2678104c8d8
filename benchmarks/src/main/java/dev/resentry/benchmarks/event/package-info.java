/** Measures the processing of events beside the parsing of their bytes, and with symbolicating beside that without. */
@NullMarked
package dev.resentry.benchmarks.event;

import org.jspecify.annotations.NullMarked;
