package dev.resentry.model.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.event.EventUser.Identity;
import dev.resentry.model.hash.Sha256;
import dev.resentry.model.project.ProjectId;
import java.util.Optional;

/**
 * What a user is counted by: 64 bits of a SHA-256 of project, identifier and value. The same user always has the same hash in a
 * project, and other hashes in other projects, so users of two projects cannot be joined by it.
 *
 * @param value evenly distributed over all 64 bits
 */
public record UserHash(long value) {

    /** Stored in rows and sketches, so it never changes. */
    public static UserHash of(ProjectId project, Identity user) {
        String name = project.value() + "\0" + user.identifier().field() + "\0" + user.value();
        return new UserHash(Sha256.first64(name.getBytes(UTF_8)));
    }

    /** The same of the user of an event, if it says anything that tells users apart. */
    public static Optional<UserHash> of(ProjectId project, EventUser user) {
        return user.identity().map(identity -> of(project, identity));
    }
}
