/** What a process has counted, for Prometheus. */
@NullMarked
package dev.resentry.service.metrics;

import org.jspecify.annotations.NullMarked;
