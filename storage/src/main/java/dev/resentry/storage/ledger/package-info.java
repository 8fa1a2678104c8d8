/** What became of every record of topic {@code envelopes} and of every item, and whether the counts of it balance. */
@NullMarked
package dev.resentry.storage.ledger;

import org.jspecify.annotations.NullMarked;
