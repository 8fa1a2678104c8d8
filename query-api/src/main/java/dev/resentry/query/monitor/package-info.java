/** The API of monitors, and of the check-ins that jobs made. */
@NullMarked
package dev.resentry.query.monitor;

import org.jspecify.annotations.NullMarked;
