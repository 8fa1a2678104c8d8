package dev.resentry.query.auth;

import dev.resentry.query.error.ApiException;
import dev.resentry.storage.user.LoginFailures;
import dev.resentry.storage.user.LoginFailures.Count;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;

/**
 * Bounds guesses at passwords and codes: of one account, whoever makes them, and of one address, whatever accounts they are for. Accounts that are
 * not there are counted like those that are.
 */
final class LoginThrottle {
    static final int PER_ACCOUNT = 10;
    static final int PER_ADDRESS = 100;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private final LoginFailures failures;
    private final InstantSource clock;

    LoginThrottle(LoginFailures failures, InstantSource clock) {
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * Counts an attempt as failed until it succeeds.
     *
     * @throws ApiException rate limited, if there were too many
     */
    void begin(String email, String address) {
        Instant now = clock.instant();
        Count ofAddress = failures.add(addressKey(address), now, now.plus(WINDOW));
        require(ofAddress, PER_ADDRESS, now);
        Count ofAccount = failures.add(accountKey(email), now, now.plus(WINDOW));
        require(ofAccount, PER_ACCOUNT, now);
    }

    void succeeded(String email, String address) {
        failures.forget(accountKey(email));
        failures.takeBack(addressKey(address));
    }

    /** Takes one attempt back, and leaves the failures before it. */
    void takeBack(String email, String address) {
        failures.takeBack(accountKey(email));
        failures.takeBack(addressKey(address));
    }

    /** Lets the owner of an account in at once that others have been guessing at. */
    void forget(String email) {
        failures.forget(accountKey(email));
    }

    private static void require(Count count, int limit, Instant now) {
        if (count.failures() > limit) {
            throw ApiException.rateLimited(
                    "Too many attempts to log in failed; try again later", Duration.between(now, count.until()));
        }
    }

    private static byte[] accountKey(String email) {
        return SecretToken.sha256("account:" + email.toLowerCase(Locale.ROOT));
    }

    private static byte[] addressKey(String address) {
        return SecretToken.sha256("address:" + network(address));
    }

    /** What is counted as one address: whoever has one of IPv6 has all of its /64. */
    static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (IllegalArgumentException _) {
            // A proxy may call it what it likes.
            return address;
        }
    }
}
