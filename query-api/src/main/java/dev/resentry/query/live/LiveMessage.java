package dev.resentry.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Something that listeners are told.
 *
 * @param at in milliseconds since 1970, by the clock of who told us
 * @param id unique among those of one moment
 * @param event its kind
 * @param data JSON on one line
 */
record LiveMessage(long at, String id, String event, Audience audience, String data) {

    /** What a listener says that it has read up to here. */
    String position() {
        return "%d-%s".formatted(at, id);
    }

    /** The message in the form of server-sent events. */
    byte[] frame() {
        return "id: %s\nevent: %s\ndata: %s\n\n"
                .formatted(position(), event, data)
                .getBytes(UTF_8);
    }
}
