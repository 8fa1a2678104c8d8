/** Transactions: written by a step of batches, read newest first. Their spans are in {@code span}. */
@NullMarked
package dev.resentry.storage.transaction;

import org.jspecify.annotations.NullMarked;
