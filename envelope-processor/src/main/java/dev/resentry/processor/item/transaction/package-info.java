/** Transactions and their spans. */
@NullMarked
package dev.resentry.processor.item.transaction;

import org.jspecify.annotations.NullMarked;
