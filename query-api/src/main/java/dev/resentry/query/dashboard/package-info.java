/** The dashboard, those that people put together, and spikes. */
@NullMarked
package dev.resentry.query.dashboard;

import org.jspecify.annotations.NullMarked;
