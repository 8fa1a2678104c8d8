/** What is counted, and what is logged of refusals. */
@NullMarked
package dev.resentry.gateway.metrics;

import org.jspecify.annotations.NullMarked;
