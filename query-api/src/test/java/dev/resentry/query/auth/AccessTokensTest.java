package dev.resentry.query.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.storage.user.User;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccessTokensTest {
    private static final User ADA =
            new User(7, "ada@example.com", "Ada", "member", true, false, "", 3, null, true, false);

    @Test
    void givesATokenThatItsDecoderReads() {
        var tokens = new AccessTokens("k".repeat(32), Clock.systemUTC());

        String token = tokens.issue(ADA, Duration.ofMinutes(30));
        var jwt = tokens.decoder().decode(token);

        assertThat(tokens.read(token)).contains(new AccessTokens.Person(7, 3));
        assertThat(jwt.getSubject()).isEqualTo("ada@example.com");
        assertThat(jwt.getHeaders()).containsEntry("alg", "HS256");
        assertThat(Duration.between(jwt.getIssuedAt(), jwt.getExpiresAt())).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void aTokenForOneRunIsRefusedByTheNextWithTheSameSecret() {
        var run = new AccessTokens("k".repeat(32), Clock.systemUTC());
        var next = new AccessTokens("k".repeat(32), Clock.systemUTC());
        String bound = run.issueForThisRun(Duration.ofHours(1));

        assertThat(run.read(bound)).contains(new AccessTokens.CommandLine());
        assertThat(next.read(bound)).isEmpty();
        String expired = new AccessTokens("k".repeat(32), Clock.offset(Clock.systemUTC(), Duration.ofHours(-2)))
                .issueForThisRun(Duration.ofHours(1));
        assertThat(run.read(expired)).isEmpty();
    }

    @Test
    void refusesAShortSecretWithoutRepeatingIt() {
        assertThatThrownBy(() -> new AccessTokens("short secret", Clock.systemUTC()))
                .hasMessage("SECRET_KEY: 12 bytes (expected: at least 32)");
    }
}
