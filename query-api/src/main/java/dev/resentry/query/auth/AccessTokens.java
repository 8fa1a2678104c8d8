package dev.resentry.query.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Signs access tokens (JWT, HS256) and makes what checks them. */
public final class AccessTokens {
    /** HS256 asks for a key as long as its hash. */
    public static final int MIN_KEY_BYTES = 32;

    /** The claim of tokens that one run of one process takes. */
    private static final String RUN = "run";

    private final String run = UUID.randomUUID().toString();
    private final SecretKey key;
    private final NimbusJwtEncoder encoder;
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
        this.key = new SecretKeySpec(bytes, "HmacSHA256");
        this.encoder = new NimbusJwtEncoder(new ImmutableSecret<>(key));
        this.clock = clock;
    }

    /** A token that says who its bearer is, for as long as it lasts. */
    public String issue(String subject, Duration lifetime) {
        return sign(claims(subject, lifetime).build());
    }

    /** A token that ends with this object too, and so with its process: no other process takes it, and none after a restart. */
    public String issueForThisRun(String subject, Duration lifetime) {
        return sign(claims(subject, lifetime).claim(RUN, run).build());
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
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(key)
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(
                new DelegatingOAuth2TokenValidator<>(JwtValidators.createDefault(), this::requireThisRun));
        return decoder;
    }

    private OAuth2TokenValidatorResult requireThisRun(Jwt token) {
        return !token.hasClaim(RUN) || run.equals(token.getClaimAsString(RUN))
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The token is of another run", null));
    }
}
