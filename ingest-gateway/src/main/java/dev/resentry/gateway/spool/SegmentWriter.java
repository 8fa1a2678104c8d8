package dev.resentry.gateway.spool;

import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that a spool writes to. Used by the spool's writer; what it knows of the segment is guarded by the spool's lock. */
final class SegmentWriter {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriter.class);
    private static final SecureRandom MARKS = new SecureRandom();

    private final Disk disk;
    private final SpoolDirectory directory;
    private final Segment segment;
    private final Disk.AppendFile file;
    private final long mark = MARKS.nextLong();
    private boolean fresh = true;

    private SegmentWriter(Disk disk, SpoolDirectory directory, Segment segment, Disk.AppendFile file) {
        this.disk = disk;
        this.directory = directory;
        this.segment = segment;
        this.file = file;
    }

    /** Begins a segment; it survives a power cut with the first batch that does. */
    static SegmentWriter create(Disk disk, SpoolDirectory directory, long number) throws IOException {
        var segment = new Segment(number, SegmentFormat.PREAMBLE_BYTES);
        return new SegmentWriter(disk, directory, segment, disk.create(directory.segment(number)));
    }

    Segment segment() {
        return segment;
    }

    /** When this returns, the batch survives a power cut; not until {@link #acknowledge} may a reader rely on it. */
    void write(List<Append> batch, ByteBuffer staging, long now) throws IOException {
        long offset = segment.end;
        staging.clear();
        if (fresh) {
            stage(SegmentFormat.preamble(mark), staging);
        }
        for (Append append : batch) {
            int checksum = SegmentFormat.checksum(append.head(), append.body());
            stage(new SegmentFormat.Header(now, append.payloadBytes(), checksum).encode(mark, offset), staging);
            stage(append.head(), staging);
            stage(append.body(), staging);
            offset += append.bytes();
        }
        file.write(staging.flip());
        file.sync();
        if (fresh) {
            disk.syncDirectory(directory.root());
        }
    }

    /**
     * Has readers see what was written.
     *
     * @return whether it was the first batch of the segment
     */
    boolean acknowledge(int records, long bytes, long now) {
        boolean first = fresh;
        fresh = false;
        segment.end += bytes;
        segment.size = segment.end;
        for (int i = 0; i < records; i++) {
            segment.waiting.add(now);
        }
        return first;
    }

    /** Cuts off what a failed write left behind. The file is not to be written to again. */
    void abandon() {
        try (file) {
            if (fresh) {
                Files.deleteIfExists(directory.segment(segment.number));
            } else {
                file.truncate(segment.end);
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", reason(e)).log("What a failed write left in the spool is still there");
        }
    }

    void close() {
        try {
            file.close();
        } catch (IOException e) {
            // All that was acknowledged is synced.
            LOG.atWarn().addKeyValue("error", reason(e)).log("A segment of the spool could not be closed");
        }
    }

    private void stage(ByteBuffer bytes, ByteBuffer staging) throws IOException {
        while (bytes.hasRemaining()) {
            int part = Math.min(bytes.remaining(), staging.remaining());
            staging.put(staging.position(), bytes, bytes.position(), part);
            staging.position(staging.position() + part);
            bytes.position(bytes.position() + part);
            if (!staging.hasRemaining()) {
                file.write(staging.flip());
                staging.clear();
            }
        }
    }

    private static String reason(IOException e) {
        return CheckResult.Failed.of(e).cause();
    }
}
