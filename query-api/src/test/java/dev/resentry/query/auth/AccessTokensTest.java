package dev.resentry.query.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    @Test
    void givesATokenThatItsDecoderReads() {
        var tokens = new AccessTokens("k".repeat(32), Clock.systemUTC());

        var jwt = tokens.decoder().decode(tokens.issue("ada@example.com", Duration.ofDays(365)));

        assertThat(jwt.getSubject()).isEqualTo("ada@example.com");
        assertThat(jwt.getHeaders()).containsEntry("alg", "HS256");
        assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt())).isEqualTo(Duration.ofDays(365));
    }

    @Test
    void refusesAShortSecretWithoutRepeatingIt() {
        assertThatThrownBy(() -> new AccessTokens("short secret", Clock.systemUTC()))
                .hasMessage("SECRET_KEY: 12 bytes (expected: at least 32)");
    }
}
