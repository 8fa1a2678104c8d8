/** Takes envelopes from the topic, understands them and stores them. */
@NullMarked
package dev.resentry.processor;

import org.jspecify.annotations.NullMarked;
