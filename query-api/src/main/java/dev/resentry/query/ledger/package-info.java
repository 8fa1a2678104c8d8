/** What became of everything that was accepted, and whether the books balance. */
@NullMarked
package dev.resentry.query.ledger;

import org.jspecify.annotations.NullMarked;
