package dev.resentry.gateway.endpoint;

import dev.resentry.model.outcome.RejectionReason;
import java.util.List;

/**
 * Why a request is refused.
 *
 * @param reason what outcomes and logs are counted by
 * @param detail what is wrong, for people
 * @param causes what led to it, from near to far
 */
public record Rejection(RejectionReason reason, String detail, List<String> causes) {

    public Rejection {
        causes = List.copyOf(causes);
    }
}
