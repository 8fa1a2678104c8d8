package dev.resentry.storage.user;

import java.time.Instant;

/**
 * The app of a user that tells codes.
 *
 * @param secret encrypted
 * @param createdAt when the secret was made
 * @param confirmed whether a first code was right, so that logins ask for one
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record SecondFactor(long userId, byte[] secret, Instant createdAt, boolean confirmed) {

    @Override
    public String toString() {
        return "SecondFactor[%d, confirmed=%s]".formatted(userId, confirmed);
    }
}
