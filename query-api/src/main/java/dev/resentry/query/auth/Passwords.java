package dev.resentry.query.auth;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords by Argon2id, and reads the BCrypt hashes of earlier releases too, which are to be upgraded. Few at a time, as each takes
 * 19 MiB. Safe to share between threads.
 */
final class Passwords implements PasswordEncoder {
    private static final String ARGON2ID = "$argon2id$";

    /** What the OWASP asks for at least: two passes over 19 MiB, in one lane. */
    private final PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

    private final PasswordEncoder bcrypt = new BCryptPasswordEncoder();
    private final Semaphore turns = new Semaphore(8, true);

    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        turns.acquireUninterruptibly();
        try {
            return argon2.encode(password);
        } finally {
            turns.release();
        }
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
        turns.acquireUninterruptibly();
        try {
            return (hash != null && hash.startsWith(ARGON2ID))
                    ? argon2.matches(password, hash)
                    : bcrypt.matches(password, hash);
        } finally {
            turns.release();
        }
    }

    @Override
    public boolean upgradeEncoding(@Nullable String hash) {
        return hash == null || !hash.startsWith(ARGON2ID) || argon2.upgradeEncoding(hash);
    }
}
