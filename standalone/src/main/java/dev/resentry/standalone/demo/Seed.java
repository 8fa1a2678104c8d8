package dev.resentry.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.event.EventId;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The name of one thing that happens, from which everything random about it is drawn. The same name gives the same ids and the
 * same details in every run.
 */
record Seed(String name) {
    Seed with(Object part) {
        return new Seed(name + "/" + part);
    }

    EventId id() {
        return new EventId(uuid());
    }

    /** 16 hex digits, as spans have them. */
    String spanId() {
        return id().toString().substring(0, 16);
    }

    RandomGenerator random() {
        UUID uuid = uuid();
        return new SplittableRandom(uuid.getMostSignificantBits() ^ uuid.getLeastSignificantBits());
    }

    private UUID uuid() {
        return UUID.nameUUIDFromBytes(("resentry-demo/" + name).getBytes(UTF_8));
    }
}
