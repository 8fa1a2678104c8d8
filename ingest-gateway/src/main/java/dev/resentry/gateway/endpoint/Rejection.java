package dev.resentry.gateway.endpoint;

import java.util.List;

/**
 * Why a request is refused.
 *
 * @param reason the word that outcomes and logs are counted by; never renamed
 * @param detail what is wrong, for people
 * @param causes what led to it, from near to far
 */
public record Rejection(String reason, String detail, List<String> causes) {

    public Rejection {
        causes = List.copyOf(causes);
    }
}
