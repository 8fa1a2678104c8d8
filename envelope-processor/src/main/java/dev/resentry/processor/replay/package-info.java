/** Replays of topic {@code envelopes}, and of stored envelopes that the topic has no longer: jobs beside the live stream. */
@NullMarked
package dev.resentry.processor.replay;

import org.jspecify.annotations.NullMarked;
