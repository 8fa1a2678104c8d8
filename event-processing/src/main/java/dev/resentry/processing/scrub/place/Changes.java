package dev.resentry.processing.scrub.place;

import dev.resentry.processing.meta.EventMeta;
import dev.resentry.processing.meta.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is changed in an event while it is walked through, for its {@code _meta}. */
public final class Changes {
    /** As many as {@code _meta} holds; of those beyond, the number. */
    private static final int MAX = 1_000;

    private static final String BOUNDS = "@bounds";

    private final List<Change> changes = new ArrayList<>();
    private int omitted;

    /**
     * One change.
     *
     * @param length how long the value was, 0 if that says nothing
     * @param error why a value was taken away that nothing was found in; null if that is not so
     */
    private record Change(
            List<String> path,
            Remark remark,
            int length,
            @Nullable String error) {}

    /**
     * Something was done to the value at a place.
     *
     * @param length how long it was: characters of a text, entries of a list or object
     */
    public void note(Trail trail, Remark remark, int length) {
        add(trail, remark, length, null);
    }

    /** The value at a place was taken away as it could not be looked through within bounds. */
    public void gaveUp(Trail trail, String why) {
        add(trail, Remark.ofWhole(BOUNDS, Remark.Kind.REMOVED), 0, why);
    }

    private void add(Trail trail, Remark remark, int length, @Nullable String error) {
        if (changes.size() < MAX) {
            changes.add(new Change(trail.steps(), remark, length, error));
        } else {
            omitted++;
        }
    }

    /** Writes them into the event that they were made in. */
    public void writeTo(ObjectNode event) {
        if (changes.isEmpty()) {
            return;
        }
        var meta = new EventMeta(event);
        for (Change change : changes) {
            meta.remark(change.path(), change.remark());
            if (change.length() > 0) {
                meta.shortened(change.path(), change.length());
            }
            if (change.error() != null) {
                meta.error(change.path(), change.error());
            }
        }
        for (int i = 0; i < omitted; i++) {
            meta.remark(List.of(), Remark.ofWhole(BOUNDS, Remark.Kind.REMOVED));
        }
    }

    /** Tells each path with what was done there. */
    public void forEach(BiConsumer<List<String>, Remark> listener) {
        changes.forEach(change -> listener.accept(change.path(), change.remark()));
    }
}
