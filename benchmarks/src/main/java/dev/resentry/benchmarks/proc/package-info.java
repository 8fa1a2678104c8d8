/** What Linux says of processes: their time, their threads, their memory. */
@NullMarked
package dev.resentry.benchmarks.proc;

import org.jspecify.annotations.NullMarked;
