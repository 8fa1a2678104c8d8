/** Where accepted envelopes are kept. */
@NullMarked
package dev.resentry.gateway.publish;

import org.jspecify.annotations.NullMarked;
