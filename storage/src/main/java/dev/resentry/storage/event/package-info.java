/** Events: written by steps of a batch, read newest first. */
@NullMarked
package dev.resentry.storage.event;

import org.jspecify.annotations.NullMarked;
