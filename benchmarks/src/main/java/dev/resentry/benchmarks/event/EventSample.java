package dev.resentry.benchmarks.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.json.UntrustedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Events as SDKs send them. Each is a file that people can read; what is measured has no blanks between its signs. */
public enum EventSample {
    /** 3 KB: an error in a web shop in Python, with five frames. */
    FAILED_REQUEST("failed-request"),
    /** 50 KB: an error and its cause in a service on the JVM, with 100 frames, 86 breadcrumbs and lines of source. */
    DEEP_STACK("deep-stack");

    private final String file;

    EventSample(String file) {
        this.file = file;
    }

    Payload payload() {
        String name = "/events/%s.json".formatted(file);
        try (InputStream in = Objects.requireNonNull(EventSample.class.getResourceAsStream(name), name)) {
            String spaced = new String(in.readAllBytes(), UTF_8);
            return Payload.of(UntrustedJson.STRICT.tree(spaced).toString().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
