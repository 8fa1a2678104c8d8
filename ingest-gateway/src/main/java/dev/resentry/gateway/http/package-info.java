/** Speaks HTTP with senders: connections, bodies, time-outs. Knows nothing of envelopes. */
@NullMarked
package dev.resentry.gateway.http;

import org.jspecify.annotations.NullMarked;
