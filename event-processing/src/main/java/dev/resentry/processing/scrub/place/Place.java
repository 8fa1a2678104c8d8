package dev.resentry.processing.scrub.place;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in an event: what its texts are, and which places are below it. A list is where its entries are, so that it does not matter
 * whether there is one of a thing, a list, or an object with a list {@code values}.
 */
public final class Place {
    private final Content content;
    private final @Nullable Part part;
    private final Map<String, Place> named = new HashMap<>();
    private @Nullable Place others;

    Place(Content content, @Nullable Part part) {
        this.content = content;
        this.part = part;
    }

    /** A part of an event that selectors know by a name. */
    public enum Part {
        ERROR,
        MESSAGE,
        HTTP,
        USER,
        FRAME,
        STACKTRACE,
        THREAD,
        BREADCRUMB,
        SPAN,
        SDK;

        /** Its name in selectors, without the dollar sign. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Place with(Place place, String... names) {
        for (String name : names) {
            named.put(name, place);
        }
        return this;
    }

    Place with(Content content, String... names) {
        return with(new Place(content, null).others(null), names);
    }

    Place others(@Nullable Place place) {
        others = place;
        return this;
    }

    /** The place of a field of the protocol, whose name says nothing of a secret; null if it is none. */
    public @Nullable Place named(String name) {
        return others == null ? this : named.get(name);
    }

    /** The place of the other fields. */
    public Place others() {
        return others == null ? this : others;
    }

    /** The place of a field. */
    public Place child(String name) {
        Place child = named(name);
        return child == null ? others() : child;
    }

    /** Whether a field is one of the protocol. */
    public boolean isNamed(String name) {
        return named(name) != null;
    }

    public Content content() {
        return content;
    }

    public @Nullable Part part() {
        return part;
    }

    /** Whether the place has an inner structure of the protocol. */
    public boolean isStructure() {
        return !named.isEmpty();
    }
}
