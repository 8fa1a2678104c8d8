/** Keeps envelopes on the gateway's own disk while Kafka is away, and hands them on in order when it is back. */
@NullMarked
package dev.resentry.gateway.spool;

import org.jspecify.annotations.NullMarked;
