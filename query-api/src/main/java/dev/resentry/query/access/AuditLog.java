package dev.resentry.query.access;

import dev.resentry.storage.audit.AuditEntry;
import dev.resentry.storage.audit.AuditStore;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** Records what people change: who, when, from where, what, and how it was before and is since. */
public final class AuditLog {
    private final AuditStore store;
    private final TransactionOperations transaction;
    private final JsonMapper json;
    private final InstantSource clock;

    AuditLog(AuditStore store, TransactionOperations transaction, JsonMapper json, InstantSource clock) {
        this.store = store;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /**
     * What was changed.
     *
     * @param type such as {@code project}
     * @param name as people know it now; empty if it has none
     */
    public record Target(String type, Object id, String name) {}

    /** Runs a change of any stores and the recording of it in one transaction; what it throws undoes both. */
    public <T> T inTransaction(Supplier<T> change) {
        return transaction.execute(_ -> change.get());
    }

    /** Does the same for a change that gives nothing back. */
    public void doInTransaction(Runnable change) {
        transaction.executeWithoutResult(_ -> change.run());
    }

    /**
     * Records a change, in the caller's transaction if there is one.
     *
     * @param action the type of the object, a dot, and what was done to it, such as {@code project.changed}
     * @param before what was so, as it is to be read by people: an answer of the API, a map; without secrets. Null for nothing
     * @param after what is so since, likewise
     */
    public void record(Actor actor, String action, Target target, @Nullable Object before, @Nullable Object after) {
        store.add(new AuditEntry(
                clock.instant(),
                actor.userId() == Actor.NOBODY ? null : actor.userId(),
                actor.email(),
                actor.via().wireName(),
                actor.ipAddress(),
                action,
                target.type(),
                String.valueOf(target.id()),
                target.name(),
                before == null ? null : json.writeValueAsString(before),
                after == null ? null : json.writeValueAsString(after)));
    }
}
