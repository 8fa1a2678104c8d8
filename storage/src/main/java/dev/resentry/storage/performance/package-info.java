/** How transactions fare: read from their roll-ups by endpoint, and from spans of recent ones where roll-ups say nothing. */
@NullMarked
package dev.resentry.storage.performance;

import org.jspecify.annotations.NullMarked;
