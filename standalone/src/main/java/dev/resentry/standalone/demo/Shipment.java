package dev.resentry.standalone.demo;

import dev.resentry.model.event.EventId;
import java.time.Instant;
import java.util.List;

/**
 * What is sent because one thing happened: its own envelope first, then those of what belongs to it. If the installation has
 * the event or the transaction with the id, all of it was sent before.
 *
 * @param at when it happened
 * @param isTransaction whether it is a transaction; else it is an event
 */
public record Shipment(EventId id, Instant at, boolean isTransaction, List<Parcel> parcels) {
    public Shipment {
        parcels = List.copyOf(parcels);
    }

    /**
     * One envelope as it is sent.
     *
     * @param gzip whether the body is compressed
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Parcel(byte[] body, boolean gzip) {
        static Parcel plain(byte[] body) {
            return new Parcel(body, false);
        }
    }
}
