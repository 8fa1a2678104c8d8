package dev.resentry.model.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.event.EventUser.Identifier;
import dev.resentry.model.event.EventUser.Identity;
import dev.resentry.model.event.UserHash;
import dev.resentry.model.project.ProjectId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Hashes stand in rows, so another version has to make the same of the same. */
class SessionHashTest {
    private static final ProjectId PROJECT = new ProjectId(7);
    private static final Instant SENT = Instant.parse("2026-11-21T12:00:00.250Z");

    @Test
    void hashesAreThoseOfAllVersions() {
        assertThat(SessionHash.of(PROJECT, "abc").value()).isEqualTo(-6866648301964986961L);
        assertThat(SessionHash.ofCounted(PROJECT, SENT, "{\"aggregates\":[]}".getBytes(UTF_8))
                        .value())
                .isEqualTo(-8514129866792822629L);
        assertThat(UserHash.of(PROJECT, new Identity(Identifier.ID, "42")).value())
                .isEqualTo(-3726307472644541429L);
    }

    @Test
    void whatWasCountedIsToldApartByTimeContentAndProject() {
        byte[] item = {1};

        assertThat(SessionHash.ofCounted(PROJECT, SENT, item))
                .isEqualTo(SessionHash.ofCounted(PROJECT, SENT, new byte[] {1}))
                .isNotEqualTo(SessionHash.ofCounted(PROJECT, SENT.plusMillis(1), item))
                .isNotEqualTo(SessionHash.ofCounted(PROJECT, SENT, new byte[] {2}))
                .isNotEqualTo(SessionHash.ofCounted(new ProjectId(8), SENT, item));
    }
}
