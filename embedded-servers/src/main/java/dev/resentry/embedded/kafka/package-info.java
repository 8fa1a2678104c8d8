/** A Kafka broker in this process. */
@NullMarked
package dev.resentry.embedded.kafka;

import org.jspecify.annotations.NullMarked;
