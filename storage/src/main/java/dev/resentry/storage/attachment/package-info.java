/** Attachments: written by a step of batches, listed by event; their bytes are in {@code blob}. */
@NullMarked
package dev.resentry.storage.attachment;

import org.jspecify.annotations.NullMarked;
