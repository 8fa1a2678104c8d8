/** From the outbox to topic {@code events}, and what processors have to say themselves to topic {@code envelopes}. */
@NullMarked
package dev.resentry.processor.publish;

import org.jspecify.annotations.NullMarked;
