package dev.resentry.gateway.spool;

import dev.resentry.gateway.spool.EnvelopeSpool.ReadableSegment;
import dev.resentry.gateway.spool.SpoolDirectory.Part;
import dev.resentry.gateway.spool.SpoolDirectory.Position;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a spool from where it is drained to, each record once. A damaged record is quarantined: copied to a file of its own,
 * logged as an error, and skipped. For one thread.
 */
final class SpoolReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolReader.class);

    private final EnvelopeSpool spool;
    private Position cursor;
    private @Nullable SegmentReader open;

    SpoolReader(EnvelopeSpool spool) {
        this.spool = spool;
        this.cursor = spool.position();
    }

    /**
     * The next record; null if there is none now.
     *
     * @throws IOException if the disk cannot be read; to be tried again
     */
    @Nullable
    SpooledRecord next() throws IOException {
        while (true) {
            ReadableSegment readable = spool.readableFrom(cursor.segment());
            if (readable == null) {
                return null;
            }
            if (readable.unread()) {
                spool.readAgain(readable.segment());
                continue;
            }
            if (readable.number() > cursor.segment()) {
                moveTo(readable.number());
            }
            if (cursor.offset() < readable.end()) {
                SpooledRecord found = read(readable);
                if (found != null) {
                    return found;
                }
            } else if (readable.last()) {
                return null;
            } else {
                moveTo(readable.number() + 1);
            }
        }
    }

    /** All that was read is drained, and there is no more. */
    void caughtUp(boolean idle) {
        if (idle) {
            // An open file takes its room on the disk even when it is deleted.
            close();
        }
        spool.drainedTo(cursor, idle);
    }

    /**
     * Takes a record out of the queue that can never be sent.
     *
     * @throws IOException if there is nowhere to set it aside; it stays in the queue
     */
    void quarantine(SpooledRecord record, String cause) throws IOException {
        quarantine(
                record.segment(),
                record.from(),
                record.next(),
                Part.RECORD,
                record.envelope().id(),
                cause);
        spool.skipped(record);
    }

    /** Takes the segment out of the queue that the disk does not give back; people may yet get something from it. */
    void abandonSegment(String cause) throws IOException {
        ReadableSegment readable = spool.readableFrom(cursor.segment());
        if (readable == null || !spool.letGo(readable.segment())) {
            return;
        }
        Path file = spool.directory().quarantineWhole(readable.number());
        spool.abandoned(readable.segment());
        LOG.atError()
                .addKeyValue("file", file)
                .addKeyValue("error", cause)
                .log("A segment of the spool was set aside whole");
        moveTo(readable.number() + 1);
    }

    @Override
    public void close() {
        SegmentReader closing = open;
        open = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("error", reason(e)).log("A segment that was read could not be closed");
        }
    }

    private @Nullable SpooledRecord read(ReadableSegment readable) throws IOException {
        SegmentReader segment = open;
        if (segment == null) {
            try {
                segment = SegmentReader.open(spool.directory().segment(readable.number()));
            } catch (SegmentReader.UnreadableSegmentException e) {
                abandonSegment(reason(e));
                return null;
            }
            open = segment;
        }
        long number = readable.number();
        long from = cursor.offset();
        return switch (segment.read(from, readable.end())) {
            case SegmentReader.Read.Found(long next, var _, SpooledEnvelope envelope) -> {
                cursor = new Position(number, next);
                yield new SpooledRecord(number, from, next, envelope);
            }
            case SegmentReader.Read.Broken(long next, String cause) -> {
                quarantine(number, from, next, Part.DEBRIS, "unknown", cause);
                cursor = new Position(number, next);
                yield null;
            }
            case SegmentReader.Read.Tail _ -> {
                quarantine(
                        number,
                        from,
                        readable.end(),
                        Part.DEBRIS,
                        "unknown",
                        "there is no record from here to the end");
                cursor = new Position(number, readable.end());
                yield null;
            }
            case SegmentReader.Read.End _ -> null;
        };
    }

    private void quarantine(long segment, long from, long to, Part part, String envelopeId, String cause)
            throws IOException {
        Path copy = spool.directory().quarantine(segment, from, to, part);
        spool.quarantined(to - from);
        LOG.atError()
                .addKeyValue("file", spool.directory().segment(segment))
                .addKeyValue("offset", from)
                .addKeyValue("bytes", to - from)
                .addKeyValue("envelopeId", envelopeId)
                .addKeyValue("error", cause)
                .addKeyValue("setAside", copy)
                .log("A record of the spool was set aside");
    }

    private void moveTo(long segment) {
        close();
        cursor = new Position(segment, SegmentFormat.PREAMBLE_BYTES);
    }

    private static String reason(IOException e) {
        return CheckResult.Failed.of(e).cause();
    }
}
