/** Transactions, spans and the traces that they make up. */
@NullMarked
package dev.resentry.query.trace;

import org.jspecify.annotations.NullMarked;
