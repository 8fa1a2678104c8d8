package dev.resentry.processing.meta;

import dev.resentry.processing.meta.Remark.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an event's {@code _meta}: a tree of the shape of the event, in which the entry with the empty name tells what was done to
 * the value at its place: {@code rem} why, {@code len} how long it was, {@code err} what was wrong with it. Holds a bounded number
 * of notes; those beyond it are counted in {@code _meta.omitted}.
 */
public final class EventMeta {
    private static final String FIELD = "_meta";
    private static final String OMITTED = "omitted";
    private static final int MAX_NOTES = 1_000;

    private final ObjectNode event;
    private int notes;

    /** Of an event, whose tree is changed in place. */
    public EventMeta(ObjectNode event) {
        this.event = event;
    }

    /**
     * Notes that a value was shortened.
     *
     * @param path the names and, in decimal, the indexes that lead to the value
     * @param length how long it was: characters of a text, entries of an array or object
     */
    public void shortened(List<String> path, int length) {
        ObjectNode note = note(path);
        if (note != null && !note.has("len")) {
            note.put("len", length);
        }
    }

    /** Notes why a value was changed. */
    public void remark(List<String> path, Remark remark) {
        ObjectNode note = note(path);
        if (note == null) {
            return;
        }
        ArrayNode entry = list(note, "rem").addArray();
        entry.add(remark.rule()).add(remark.kind().letter());
        Range range = remark.range();
        if (range != null) {
            entry.add(range.start()).add(range.end());
        }
    }

    /** Notes that a value was of no use, and why. */
    public void error(List<String> path, String error) {
        ObjectNode note = note(path);
        if (note != null) {
            list(note, "err").add(error);
        }
    }

    private @Nullable ObjectNode note(List<String> path) {
        ObjectNode node = child(event, FIELD);
        if (notes >= MAX_NOTES) {
            node.put(OMITTED, node.path(OMITTED).asInt(0) + 1);
            return null;
        }
        notes++;
        for (String name : path) {
            node = child(node, name);
        }
        return child(node, "");
    }

    /** SDKs send a {@code _meta} of their own, of any shape. */
    private static ArrayNode list(ObjectNode note, String name) {
        return note.get(name) instanceof ArrayNode existing ? existing : note.putArray(name);
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode existing ? existing : parent.putObject(name);
    }
}
