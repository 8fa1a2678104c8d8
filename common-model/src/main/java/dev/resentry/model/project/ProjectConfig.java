package dev.resentry.model.project;

import java.util.List;

/**
 * What a gateway must know of a project, published by whoever owns projects.
 *
 * @param revision grows with every change, so that of two versions the newer one is known whatever order they arrive in
 * @param active whether the project takes envelopes at all
 * @param allowedOrigins from which web pages envelopes are taken: {@code *}, a domain, {@code *.domain} or a whole origin
 *     (ingest protocol, section 1.3); what names no origin is always taken
 * @param quotas limits of the whole project; if there are none, the gateway's own default counts
 */
public record ProjectConfig(
        ProjectId id,
        long revision,
        String slug,
        boolean active,
        List<Key> keys,
        List<String> allowedOrigins,
        List<Quota> quotas) {

    public ProjectConfig {
        keys = List.copyOf(keys);
        allowedOrigins = List.copyOf(allowedOrigins);
        quotas = List.copyOf(quotas);
    }

    /** A key of the project; one that is not active is known and refused. */
    public record Key(PublicKey publicKey, boolean active, List<Quota> quotas) {

        public Key {
            quotas = List.copyOf(quotas);
        }
    }
}
