package dev.resentry.processing.scrub.place;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way from an event's root to the value at hand. */
public final class Trail {
    private @Nullable String[] names = new @Nullable String[32];
    private int[] indexes = new int[32];
    private int depth;

    public void enter(String name) {
        grow();
        names[depth++] = name;
    }

    public void enter(int index) {
        grow();
        names[depth] = null;
        indexes[depth++] = index;
    }

    public void leave() {
        depth--;
    }

    public int depth() {
        return depth;
    }

    /** The names, and in decimal the indexes, of the way. */
    public List<String> steps() {
        List<String> steps = new ArrayList<>(depth);
        for (int i = 0; i < depth; i++) {
            String name = names[i];
            steps.add(name == null ? Integer.toString(indexes[i]) : name);
        }
        return steps;
    }

    private void grow() {
        if (depth == names.length) {
            names = Arrays.copyOf(names, depth * 2);
            indexes = Arrays.copyOf(indexes, depth * 2);
        }
    }
}
