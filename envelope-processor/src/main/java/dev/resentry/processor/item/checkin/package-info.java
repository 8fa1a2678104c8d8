/** Check-ins of jobs that run by a schedule. */
@NullMarked
package dev.resentry.processor.item.checkin;

import org.jspecify.annotations.NullMarked;
