package dev.resentry.model.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.project.ProjectId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a session is recognised by: 64 bits of a SHA-256 of its project and its id.
 *
 * @param value evenly distributed over all 64 bits
 */
public record SessionHash(long value) {

    /** Stored in rows, so it never changes. */
    public static SessionHash of(ProjectId project, String sessionId) {
        byte[] name = (project.value() + "\0session\0" + sessionId).getBytes(UTF_8);
        return new SessionHash(ByteBuffer.wrap(sha256().digest(name)).getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
