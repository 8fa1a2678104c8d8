/** Measures the gateway beside what bounds it. */
@NullMarked
package dev.resentry.benchmarks;

import org.jspecify.annotations.NullMarked;
