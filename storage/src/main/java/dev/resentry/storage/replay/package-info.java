/** Replays: rewriting what is derived from envelopes that are stored. */
@NullMarked
package dev.resentry.storage.replay;

import org.jspecify.annotations.NullMarked;
