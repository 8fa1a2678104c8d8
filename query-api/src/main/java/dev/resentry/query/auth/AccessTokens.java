package dev.resentry.query.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import dev.resentry.storage.user.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs access tokens (JWT, HS256) and makes what checks them. */
public final class AccessTokens {
    /** HS256 asks for a key as long as its hash. */
    public static final int MIN_KEY_BYTES = 32;

    /** The claim of tokens that one run of one process takes. */
    private static final String RUN = "run";

    /** The id of the bearer. */
    private static final String USER = "uid";

    private static final String GENERATION = "gen";

    private final String run = UUID.randomUUID().toString();
    private final NimbusJwtEncoder encoder;
    private final NimbusJwtDecoder decoder;
    private final Clock clock;

    /**
     * @param secret signs the tokens; all query-api processes of an installation need the same
     * @throws IllegalArgumentException if the secret has fewer than 32 bytes, which HS256 asks for
     */
    public AccessTokens(String secret, Clock clock) {
        byte[] bytes = secret.getBytes(UTF_8);
        if (bytes.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "SECRET_KEY: %d bytes (expected: at least %d)".formatted(bytes.length, MIN_KEY_BYTES));
        }
        SecretKey key = new SecretKeySpec(bytes, "HmacSHA256");
        this.encoder = new NimbusJwtEncoder(new ImmutableSecret<>(key));
        this.decoder = NimbusJwtDecoder.withSecretKey(key)
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(JwtValidators.createDefault());
        this.clock = clock;
    }

    /** A token that says who its bearer is, until it has lasted as long as given or the user's token generation changes. */
    public String issue(User user, Duration lifetime) {
        return sign(claims(user.email(), lifetime)
                .claim(USER, user.id())
                .claim(GENERATION, user.tokenGeneration())
                .build());
    }

    /**
     * A token of the command line. It ends with this object too, and so with its process: no other process takes it, and none after
     * a restart.
     */
    public String issueForThisRun(Duration lifetime) {
        return sign(claims("cli", lifetime).claim(RUN, run).build());
    }

    /** What a token says that is valid. */
    sealed interface Bearer {}

    record CommandLine() implements Bearer {}

    /** A user, as of the time the token was made. */
    record Person(long userId, int generation) implements Bearer {}

    /** What a token says; empty if it is not one of ours, or is not valid any more. */
    Optional<Bearer> read(String token) {
        try {
            Jwt jwt = decoder.decode(token);
            if (jwt.hasClaim(RUN)) {
                return run.equals(jwt.getClaimAsString(RUN)) ? Optional.of(new CommandLine()) : Optional.empty();
            }
            return jwt.getClaim(USER) instanceof Number user && jwt.getClaim(GENERATION) instanceof Number generation
                    ? Optional.of(new Person(user.longValue(), generation.intValue()))
                    : Optional.empty();
        } catch (JwtException _) {
            return Optional.empty();
        }
    }

    private JwtClaimsSet.Builder claims(String subject, Duration lifetime) {
        Instant now = clock.instant();
        return JwtClaimsSet.builder()
                .issuer("resentry")
                .subject(subject)
                .issuedAt(now)
                .expiresAt(now.plus(lifetime));
    }

    private String sign(JwtClaimsSet claims) {
        var header = JwsHeader.with(MacAlgorithm.HS256).build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }

    JwtDecoder decoder() {
        return decoder;
    }
}
