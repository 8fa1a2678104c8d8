package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.error.ApiException;
import dev.resentry.storage.user.SecondFactor;
import dev.resentry.storage.user.SecondFactorStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The second factor of logins with a password: codes of an app, and recovery codes for who has lost it. Each is taken once. */
final class SecondFactors {
    /** Longer than any code, as people write them. */
    static final int MAX_CODE = 40;

    private static final Logger LOG = LoggerFactory.getLogger(SecondFactors.class);
    private static final int RECOVERY_CODES = 10;

    /** For the first code of a new app: whoever comes upon a page that was left open sets up no app of theirs. */
    private static final Duration TO_CONFIRM = Duration.ofMinutes(10);

    /** Of 31 letters and digits that are not taken for one another: 79 bits. */
    private static final int RECOVERY_CODE_LENGTH = 16;

    private static final String RECOVERY_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private final SecondFactorStore store;
    private final SealedBytes secrets;
    private final LoginThrottle throttle;
    private final AuditLog audit;
    private final String issuer;
    private final InstantSource clock;

    /** @param issuer what apps call this installation */
    SecondFactors(
            SecondFactorStore store,
            SealedBytes secrets,
            LoginThrottle throttle,
            AuditLog audit,
            String issuer,
            InstantSource clock) {
        this.store = store;
        this.secrets = secrets;
        this.throttle = throttle;
        this.audit = audit;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * What an app has to know.
     *
     * @param secret in Base32, for people who type it
     * @param uri the same and more, for a QR code
     */
    record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[redacted]";
        }
    }

    /** Whether logins of a user ask for a code. */
    boolean isOn(long userId) {
        return store.isOn(userId);
    }

    int recoveryCodesLeft(long userId) {
        return store.recoveryCodesLeft(userId);
    }

    /** Makes a secret, which counts once a code of it was {@linkplain #confirm confirmed}, within ten minutes. */
    Enrolment begin(Actor actor) {
        byte[] secret = Totp.randomSecret();
        if (!store.begin(actor.userId(), secrets.seal(secret), clock.instant())) {
            throw ApiException.conflict("second_factor", "it is on already; switch it off first");
        }
        return new Enrolment(Totp.base32(secret), Totp.uri(secret, issuer, actor.email()));
    }

    /**
     * Switches the factor on by a first code, and gives the recovery codes, which nobody sees again.
     *
     * @throws ApiException invalid, conflict if nothing waits or not any more, or rate limited after too many failures
     */
    List<String> confirm(Actor actor, String code) {
        waiting(actor);
        String address = String.valueOf(actor.ipAddress());
        // Outside of the transaction, which a wrong code undoes.
        throttle.begin(actor.email(), address);
        List<String> recovery = switchOn(actor, code);
        // The failures before are not forgotten: some may be guesses at the password.
        throttle.takeBack(actor.email(), address);
        return recovery;
    }

    private SecondFactor waiting(Actor actor) {
        SecondFactor factor = store.find(actor.userId())
                .filter(found -> !found.confirmed())
                .orElseThrow(() -> ApiException.conflict("second_factor", "nothing waits to be confirmed"));
        if (factor.createdAt().plus(TO_CONFIRM).isBefore(clock.instant())) {
            throw ApiException.conflict(
                    "second_factor",
                    "the secret is older than %d minutes and not good any more; begin anew"
                            .formatted(TO_CONFIRM.toMinutes()));
        }
        return factor;
    }

    private List<String> switchOn(Actor actor, String code) {
        return audit.inTransaction(() -> {
            SecondFactor factor = waiting(actor);
            if (!takeAppCode(factor, written(code))) {
                throw ApiException.invalid("code", "not the code of now; the clock of the phone may be wrong");
            }
            if (!store.confirm(actor.userId(), clock.instant())) {
                throw ApiException.conflict("second_factor", "nothing waits to be confirmed");
            }
            List<String> codes = Stream.generate(SecondFactors::randomRecoveryCode)
                    .limit(RECOVERY_CODES)
                    .toList();
            store.addRecoveryCodes(
                    actor.userId(),
                    codes.stream().map(one -> SecretToken.sha256(written(one))).toList());
            audit.record(actor, "user.second_factor_on", target(actor), null, null);
            return codes;
        });
    }

    /** Uses up a code of the app, or a recovery code; false if it is neither, or was used before. */
    boolean take(long userId, String code) {
        SecondFactor factor = store.find(userId).filter(SecondFactor::confirmed).orElse(null);
        if (factor == null) {
            return false;
        }
        String written = written(code);
        return written.length() == Totp.DIGITS
                ? takeAppCode(factor, written)
                : store.takeRecoveryCode(userId, SecretToken.sha256(written));
    }

    void switchOff(Actor actor) {
        audit.doInTransaction(() -> {
            store.remove(actor.userId());
            audit.record(actor, "user.second_factor_off", target(actor), null, null);
        });
    }

    private boolean takeAppCode(SecondFactor factor, String code) {
        byte[] secret = secrets.open(factor.secret()).orElse(null);
        if (secret == null) {
            LOG.atWarn()
                    .addKeyValue("user", factor.userId())
                    .log(
                            "A second factor cannot be read, as SECRET_KEY is not what it was; a recovery code still does");
            return false;
        }
        OptionalLong step = Totp.stepOf(secret, code, clock.instant());
        return step.isPresent() && store.takeStep(factor.userId(), step.getAsLong());
    }

    /** A code without what people put between its parts. */
    private static String written(String code) {
        return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private static String randomRecoveryCode() {
        String code = new SecureRandom()
                .ints(RECOVERY_CODE_LENGTH, 0, RECOVERY_ALPHABET.length())
                .mapToObj(at -> String.valueOf(RECOVERY_ALPHABET.charAt(at)))
                .collect(Collectors.joining());
        return String.join("-", code.substring(0, 4), code.substring(4, 8), code.substring(8, 12), code.substring(12));
    }

    private static AuditLog.Target target(Actor actor) {
        return new AuditLog.Target("user", actor.userId(), actor.email());
    }
}
