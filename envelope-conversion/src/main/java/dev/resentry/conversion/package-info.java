/** Converts the bodies of routes other than the envelope endpoint into envelopes. */
@NullMarked
package dev.resentry.conversion;

import org.jspecify.annotations.NullMarked;
