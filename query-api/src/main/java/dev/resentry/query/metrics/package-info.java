/** What the API counts of its requests. */
@NullMarked
package dev.resentry.query.metrics;

import org.jspecify.annotations.NullMarked;
