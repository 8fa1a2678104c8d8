package dev.resentry.query.auth;

import dev.resentry.storage.user.ApiToken;
import dev.resentry.storage.user.ApiTokenStore;
import dev.resentry.storage.user.CredentialOfUser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The tokens of programs, and how often each may be used. */
final class ApiTokens {
    static final String PREFIX = "resentry_";
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private final ApiTokenStore tokens;
    private final TokenRate rate;
    private final InstantSource clock;

    /** @param requestsPerMinute of each token, for this process */
    ApiTokens(ApiTokenStore tokens, int requestsPerMinute, InstantSource clock) {
        this.tokens = tokens;
        this.rate = new TokenRate(requestsPerMinute);
        this.clock = clock;
    }

    static boolean isOne(String text) {
        return text.startsWith(PREFIX);
    }

    /** A new secret. */
    static SecretToken random() {
        return SecretToken.random(PREFIX);
    }

    /** The beginning of a secret, by which people recognise it, and which is of no use to others. */
    static String shown(SecretToken token) {
        return token.text().substring(0, PREFIX.length() + 6);
    }

    /**
     * The token with a secret, unless it has expired; counts a use of it.
     *
     * @throws dev.resentry.query.error.ApiException rate limited, if it was used too often within a minute
     */
    Optional<CredentialOfUser<ApiToken>> use(String text) {
        Instant now = clock.instant();
        Optional<CredentialOfUser<ApiToken>> used = tokens.find(new SecretToken(text).hash())
                .filter(found -> found.credential().expiresAt() == null
                        || found.credential().expiresAt().isAfter(now));
        used.map(CredentialOfUser::credential).ifPresent(token -> {
            rate.count(token.id(), now);
            if (token.lastUsedAt() == null
                    || token.lastUsedAt().plus(SEEN_EVERY).isBefore(now)) {
                tokens.used(token.id(), now);
            }
        });
        return used;
    }
}
