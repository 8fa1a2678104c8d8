package dev.resentry.gateway.endpoint;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.BodyHead;
import dev.resentry.model.envelope.BodyHead.EnvelopePeek;

/**
 * Envelopes of which something is over a limit. Only these are ever decoded further than their first line: a sender can be
 * told to stop only if nothing else in its envelope would be lost.
 */
final class LimitedEnvelopes {
    /** What is larger, decoded, goes on with a mark and is sorted out by the processor. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private final BoundedDecoder decoder = new BoundedDecoder(MAX_BYTES);

    /** The same incoming with all of its items known, if it can be decoded within bounds. */
    IncomingEnvelope surveyed(IncomingEnvelope incoming) {
        return decoder.decode(incoming.sender().encoding(), incoming.body()) instanceof Decoded.Content(byte[] content)
                        && BodyHead.peekEnvelope(ContentEncoding.IDENTITY, content) instanceof EnvelopePeek.Seen seen
                ? new IncomingEnvelope(
                        incoming.sender(),
                        incoming.endpoint(),
                        incoming.body(),
                        incoming.eventId(),
                        seen.items(),
                        seen.whole(),
                        incoming.answer())
                : incoming;
    }
}
