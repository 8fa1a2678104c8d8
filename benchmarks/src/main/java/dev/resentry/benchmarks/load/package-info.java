/** Sends requests, and runs parts of a benchmark as processes of their own. */
@NullMarked
package dev.resentry.benchmarks.load;

import org.jspecify.annotations.NullMarked;
