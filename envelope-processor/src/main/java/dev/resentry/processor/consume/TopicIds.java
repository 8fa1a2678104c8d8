package dev.resentry.processor.consume;

import java.util.UUID;

/** Tells topics of one name apart: one that is made anew has another id. Safe to share between threads. */
public interface TopicIds {

    /**
     * The id that Kafka gave a topic when it was made.
     *
     * @throws RuntimeException if Kafka does not say
     */
    UUID idOf(String topic);
}
