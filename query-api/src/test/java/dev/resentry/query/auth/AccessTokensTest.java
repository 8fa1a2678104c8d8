package dev.resentry.query.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtException;

class AccessTokensTest {

    @Test
    void givesATokenThatItsDecoderReads() {
        var tokens = new AccessTokens("k".repeat(32), Clock.systemUTC());

        var jwt = tokens.decoder().decode(tokens.issue("ada@example.com", Duration.ofMinutes(30)));

        assertThat(jwt.getSubject()).isEqualTo("ada@example.com");
        assertThat(jwt.getHeaders()).containsEntry("alg", "HS256");
        assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt())).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void aTokenForOneRunIsRefusedByTheNextWithTheSameSecret() {
        var run = new AccessTokens("k".repeat(32), Clock.systemUTC());
        var next = new AccessTokens("k".repeat(32), Clock.systemUTC());
        String bound = run.issueForThisRun("cli", Duration.ofHours(1));

        assertThat(run.decoder().decode(bound).getSubject()).isEqualTo("cli");
        assertThatThrownBy(() -> next.decoder().decode(bound)).isInstanceOf(JwtException.class);
        String expired = new AccessTokens("k".repeat(32), Clock.offset(Clock.systemUTC(), Duration.ofHours(-2)))
                .issue("cli", Duration.ofHours(1));
        assertThatThrownBy(() -> run.decoder().decode(expired)).isInstanceOf(JwtException.class);
    }

    @Test
    void refusesAShortSecretWithoutRepeatingIt() {
        assertThatThrownBy(() -> new AccessTokens("short secret", Clock.systemUTC()))
                .hasMessage("SECRET_KEY: 12 bytes (expected: at least 32)");
    }
}
