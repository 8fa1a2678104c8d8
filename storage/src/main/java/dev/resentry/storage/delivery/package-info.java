/** Notifications on their way: what is to be said to whom, until it is delivered or given up. */
@NullMarked
package dev.resentry.storage.delivery;

import org.jspecify.annotations.NullMarked;
