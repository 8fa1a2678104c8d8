package dev.resentry.storage.performance;

import java.util.Comparator;

/**
 * What transactions are told apart by.
 *
 * @param name {@code <other>} for those that are not counted apart
 * @param op empty for none, as the method
 */
public record EndpointKey(long projectId, String name, String op, String httpMethod) {
    static final Comparator<EndpointKey> ORDER = Comparator.comparingLong(EndpointKey::projectId)
            .thenComparing(EndpointKey::name)
            .thenComparing(EndpointKey::op)
            .thenComparing(EndpointKey::httpMethod);
}
