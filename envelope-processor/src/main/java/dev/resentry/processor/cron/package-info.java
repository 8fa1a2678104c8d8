/** Finds what jobs did not say in time, and reports it as an event like any other. */
@NullMarked
package dev.resentry.processor.cron;

import org.jspecify.annotations.NullMarked;
