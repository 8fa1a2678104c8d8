package dev.resentry.storage.search;

/** The tags of events {@code e}: a JSON object whose values are texts. */
final class EventTags {
    private EventTags() {}

    /**
     * True if an event has a tag. Days that are over have an index for it.
     *
     * @param key what stands for the tag's key in the SQL
     * @param value what stands for its value
     */
    static String hold(String key, String value) {
        return "e.tags @> jsonb_build_object(%s::text, %s::text)".formatted(key, value);
    }
}
