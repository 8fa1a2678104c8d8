package dev.resentry.model.envelope;

import java.util.List;

/** One body of an SDK, read: a header and any number of items, in the order they were sent. */
public record Envelope(EnvelopeHeader header, List<EnvelopeItem> items) {

    public Envelope {
        items = List.copyOf(items);
    }
}
