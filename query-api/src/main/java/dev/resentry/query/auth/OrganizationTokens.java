package dev.resentry.query.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.storage.organization.OrganizationToken;
import dev.resentry.storage.organization.OrganizationTokenStore;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/**
 * The tokens of the organization, in the form from which Sentry's tools read where to send to (web API, "Auth"): {@code sntrys_}, a JSON
 * object in Base64 that is no secret, {@code _} and a secret.
 */
final class OrganizationTokens {
    private static final String PREFIX = "sntrys_";
    private static final int SHOWN = 4;
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OrganizationTokenStore tokens;
    private final TokenRate rate;
    private final InstantSource clock;

    /** @param requestsPerMinute of each token, for this process */
    OrganizationTokens(OrganizationTokenStore tokens, int requestsPerMinute, InstantSource clock) {
        this.tokens = tokens;
        this.rate = new TokenRate(requestsPerMinute);
        this.clock = clock;
    }

    static boolean isOne(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * A new secret.
     *
     * @param publicUrl where tools reach this installation; they want its root
     */
    static SecretToken random(URI publicUrl, String organization, Instant at) {
        String root = publicUrl.getScheme() + "://" + publicUrl.getRawAuthority();
        // The texts are a URL's root and a slug, which have nothing that JSON would have to escape.
        String payload = "{\"iat\": %d.%03d, \"url\": \"%s\", \"region_url\": \"%s\", \"org\": \"%s\"}"
                .formatted(at.getEpochSecond(), at.getNano() / 1_000_000, root, root, organization);
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return new SecretToken(PREFIX
                + Base64.getEncoder().encodeToString(payload.getBytes(UTF_8))
                + "_"
                + Base64.getEncoder().withoutPadding().encodeToString(secret));
    }

    /** The end of a secret, by which people recognise it, and which is of no use to others. */
    static String shown(SecretToken token) {
        return token.text().substring(token.text().length() - SHOWN);
    }

    /**
     * The token with a secret; counts a use of it.
     *
     * @throws dev.resentry.query.error.ApiException rate limited, if it was used too often within a minute
     */
    Optional<OrganizationToken> use(String text) {
        Optional<OrganizationToken> found = tokens.find(new SecretToken(text).hash());
        found.ifPresent(token -> {
            Instant now = clock.instant();
            rate.count(token.id(), now);
            if (token.lastUsedAt() == null
                    || token.lastUsedAt().plus(SEEN_EVERY).isBefore(now)) {
                tokens.used(token.id(), now);
            }
        });
        return found;
    }
}
