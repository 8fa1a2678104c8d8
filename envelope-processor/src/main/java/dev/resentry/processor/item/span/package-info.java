/** Spans that come without a transaction. */
@NullMarked
package dev.resentry.processor.item.span;

import org.jspecify.annotations.NullMarked;
