package dev.resentry.query.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.service.health.Health;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartPageTest {
    @Test
    void namesWhatDoesNotWorkWithItsCauseAndEscapesIt() {
        var readiness = new Health.Readiness(
                "unavailable",
                Map.of("kafka", new Health.Check("failed", "no answer from <broker> & \"{version}\" within 3 s")));

        String page = StartPage.of(StartResponse.of("1.0", readiness, URI.create("http://localhost:9000")));

        assertThat(page)
                .contains("<li>kafka <strong class=\"failed\">failed</strong>: "
                        + "no answer from &lt;broker&gt; &amp; &quot;{version}&quot; within 3 s</li>");
    }

    @Test
    void aPathOfThePublicAddressStandsInTheDsn() {
        var ready = new Health.Readiness("ok", Map.of());

        StartResponse facts = StartResponse.of("1.0", ready, URI.create("https://example.com:8443/errors/"));

        assertThat(facts.dsn()).isEqualTo("https://<public key>@example.com:8443/errors/<project id>");
        assertThat(facts.send()).startsWith("curl 'https://example.com:8443/errors/api/<project id>/store/");
    }
}
