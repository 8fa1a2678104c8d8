/** When jobs are due that run by a schedule, and what their check-ins say. */
@NullMarked
package dev.resentry.model.cron;

import org.jspecify.annotations.NullMarked;
