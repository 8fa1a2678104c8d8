/** Makes envelopes of what came by routes whose bodies are none. */
@NullMarked
package dev.resentry.conversion;

import org.jspecify.annotations.NullMarked;
