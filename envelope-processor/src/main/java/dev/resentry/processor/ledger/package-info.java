/** Keeps the books: what the broker and the gateways say, beside what was processed. */
@NullMarked
package dev.resentry.processor.ledger;

import org.jspecify.annotations.NullMarked;
