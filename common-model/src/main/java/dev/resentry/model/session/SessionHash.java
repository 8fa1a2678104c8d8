package dev.resentry.model.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.hash.Sha256;
import dev.resentry.model.project.ProjectId;
import java.time.Instant;

/**
 * What a session is recognised by, or sessions that an SDK counted: 64 bits of a SHA-256 of their project and what
 * identifies them in it.
 *
 * @param value evenly distributed over all 64 bits
 */
public record SessionHash(long value) {

    /** That of one session. Stored in rows, so it never changes. */
    public static SessionHash of(ProjectId project, String sessionId) {
        return new SessionHash(Sha256.first64((project.value() + "\0session\0" + sessionId).getBytes(UTF_8)));
    }

    /**
     * That of sessions that an SDK counted. They have no id; but two senders hardly say the same at the same moment.
     *
     * @param sentAt when their envelope was sent, by the clock of the sender
     * @param item what it says of them
     */
    public static SessionHash ofCounted(ProjectId project, Instant sentAt, byte[] item) {
        String name = project.value() + "\0sessions\0" + sentAt + "\0";
        return new SessionHash(Sha256.first64(name.getBytes(UTF_8), item));
    }
}
