/** The envelope format: bytes to header and items, and back. */
@NullMarked
package dev.resentry.model.envelope;

import org.jspecify.annotations.NullMarked;
