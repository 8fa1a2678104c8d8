/** From the outbox to topic {@code events}. */
@NullMarked
package dev.resentry.processor.publish;

import org.jspecify.annotations.NullMarked;
