/** What travels on Kafka: topics, record headers and byte codecs, without Kafka's types. */
@NullMarked
package dev.resentry.model.wire;

import org.jspecify.annotations.NullMarked;
