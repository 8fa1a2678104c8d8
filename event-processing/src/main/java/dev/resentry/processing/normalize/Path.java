package dev.resentry.processing.normalize;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in an event a value stands. Names are only put together when something is to be said of the value.
 *
 * @param parent null of the event itself
 * @param name in an object; null in a list
 * @param index in a list
 */
record Path(@Nullable Path parent, @Nullable String name, int index) {
    static final Path EVENT = new Path(null, null, -1);

    Path at(String name) {
        return new Path(this, name, -1);
    }

    Path at(int index) {
        return new Path(this, null, index);
    }

    /** Names and, in decimal, indexes, from the event on. */
    List<String> names() {
        Deque<String> names = new ArrayDeque<>();
        for (Path path = this; path.parent != null; path = path.parent) {
            names.addFirst(path.name == null ? String.valueOf(path.index) : path.name);
        }
        return List.copyOf(names);
    }

    /** The names, parted by dots. */
    @Override
    public String toString() {
        return String.join(".", names());
    }
}
