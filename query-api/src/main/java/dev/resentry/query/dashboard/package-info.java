/** The dashboard, and spikes. */
@NullMarked
package dev.resentry.query.dashboard;

import org.jspecify.annotations.NullMarked;
