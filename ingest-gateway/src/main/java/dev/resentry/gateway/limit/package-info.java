/**
 * How much of what comes is let through. {@link dev.resentry.gateway.limit.ClusterRateLimits} decides in memory;
 * {@link dev.resentry.gateway.limit.KafkaUsageExchange} exchanges usage between gateways, so that a limit holds for all of them
 * together.
 */
@NullMarked
package dev.resentry.gateway.limit;

import org.jspecify.annotations.NullMarked;
