/** What SDKs and scripts say of jobs that run by a schedule. */
@NullMarked
package dev.resentry.processing.cron;

import org.jspecify.annotations.NullMarked;
