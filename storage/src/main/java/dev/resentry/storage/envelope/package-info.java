/** Reading envelopes and their items. */
@NullMarked
package dev.resentry.storage.envelope;

import org.jspecify.annotations.NullMarked;
