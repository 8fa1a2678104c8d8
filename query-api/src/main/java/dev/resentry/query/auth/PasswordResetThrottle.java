package dev.resentry.query.auth;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.user.LoginFailures;
import dev.resentry.storage.user.LoginFailures.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Bounds how often links for new passwords are mailed: to one account, and for one who asks. */
public final class PasswordResetThrottle {
    static final int PER_ACCOUNT = 3;
    static final int PER_ADDRESS = 20;
    static final Duration WINDOW = Duration.ofHours(1);

    private final LoginFailures counts;
    private final InstantSource clock;

    PasswordResetThrottle(LoginFailures counts, InstantSource clock) {
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Counts a request.
     *
     * @return whether the account may have another mail; who asks is not told
     * @throws ApiException rate limited, if one address asks for too many
     */
    public boolean allows(String email, String address) {
        Instant now = clock.instant();
        Count ofAddress = count("reset-address:" + LoginThrottle.network(address), now);
        if (ofAddress.failures() > PER_ADDRESS) {
            throw ApiException.rateLimited(
                    "Too many new passwords were asked for; try again later", Duration.between(now, ofAddress.until()));
        }
        return count("reset-account:" + email.toLowerCase(Locale.ROOT), now).failures() <= PER_ACCOUNT;
    }

    private Count count(String subject, Instant now) {
        return counts.add(SecretToken.sha256(subject), now, now.plus(WINDOW));
    }
}
