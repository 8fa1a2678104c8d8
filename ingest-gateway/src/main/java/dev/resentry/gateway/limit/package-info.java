/**
 * How much of what comes is let through. {@link dev.resentry.gateway.limit.ClusterRateLimits} decides in memory;
 * {@link dev.resentry.gateway.limit.KafkaUsageExchange} has the gateways tell each other what they let through, so that a
 * limit is one limit however many of them there are.
 */
@NullMarked
package dev.resentry.gateway.limit;

import org.jspecify.annotations.NullMarked;
