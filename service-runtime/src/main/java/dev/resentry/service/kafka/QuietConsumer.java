package dev.resentry.service.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Has a consumer of a quiet topic cost next to nothing: the broker holds its fetch until a record comes, and its heart beats by
 * itself and seldom looks whether it should. What comes is read as soon as before.
 */
public final class QuietConsumer {
    /**
     * Partitions that a member of a group is given are first read when the fetch of those it has returns, so this is what a change of
     * the group may cost.
     */
    private static final int GROUP_FETCH_MILLIS = 2_000;

    /** Below the time within which an answer is expected, 30 s. */
    private static final int OWN_FETCH_MILLIS = 20_000;

    /** The thread of the heartbeats looks so often whether one is due; by default ten times a second. */
    private static final int LOOK_MILLIS = 400;

    private QuietConsumer() {}

    /**
     * Adds to the properties of a consumer.
     *
     * @param isGroup whether its partitions may change; else it is given all of them once
     */
    public static void configure(Map<String, Object> properties, boolean isGroup) {
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, isGroup ? GROUP_FETCH_MILLIS : OWN_FETCH_MILLIS);
        if (isGroup) {
            properties.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, LOOK_MILLIS);
        }
    }
}
