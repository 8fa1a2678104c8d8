/** Counts requests and outcomes, and logs rejections. */
@NullMarked
package dev.resentry.gateway.metrics;

import org.jspecify.annotations.NullMarked;
