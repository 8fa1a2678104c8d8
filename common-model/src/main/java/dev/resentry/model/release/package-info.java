/** Releases: what their versions say, and which of two is the newer one. */
@NullMarked
package dev.resentry.model.release;

import org.jspecify.annotations.NullMarked;
