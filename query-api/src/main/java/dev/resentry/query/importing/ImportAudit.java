package dev.resentry.query.importing;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.access.Duty;
import dev.resentry.query.access.Role;
import dev.resentry.query.access.Via;
import dev.resentry.storage.importing.ImportRequest;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.user.User;
import dev.resentry.storage.user.UserStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records what imports did, in the name of who asked for them. */
final class ImportAudit {
    private final AuditLog audit;
    private final SealedTokens tokens;
    private final UserStore users;

    ImportAudit(AuditLog audit, SealedTokens tokens, UserStore users) {
        this.audit = audit;
        this.tokens = tokens;
        this.users = users;
    }

    /** Who asked for an import, as an actor; by the address alone if they are gone. */
    Actor asker(Job job) {
        Optional<User> user = users.find(ImportRequest.of(job).userId());
        Role role = user.flatMap(found -> Role.of(found.role())).orElse(Role.VIEWER);
        return new Actor(
                user.map(User::id).orElse(Actor.NOBODY),
                user.map(User::email).orElse(job.createdBy()),
                user.map(User::name).orElse(""),
                role,
                role.scopes(),
                Via.JOB,
                0,
                null,
                Duty.NONE);
    }

    /**
     * Forgets the token of an import that ends, and records what it did: once, however often its end is told.
     *
     * @param state null if it had not begun
     */
    void end(Job job, @Nullable ImportState state) {
        audit.doInTransaction(() -> {
            if (tokens.remove(job.id())
                    && state != null
                    && !ImportRequest.of(job).dryRun()) {
                audit.record(
                        asker(job),
                        "import.ended",
                        new AuditLog.Target("job", job.id(), ImportRequest.KIND),
                        null,
                        state.sums());
            }
        });
    }
}
