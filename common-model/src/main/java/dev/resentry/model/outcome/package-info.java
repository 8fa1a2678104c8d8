/** The final fate of envelopes and items, and the categories they are counted in. */
@NullMarked
package dev.resentry.model.outcome;

import org.jspecify.annotations.NullMarked;
