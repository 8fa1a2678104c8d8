package dev.resentry.gateway.spool;

import dev.resentry.gateway.spool.SpoolDirectory.Position;
import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start makes of a segment that an earlier process has left: it counts what waits, cuts off what a kill has left half
 * written, and deletes what is drained. What is broken is left to the drain, which sets it aside when it comes to it.
 */
final class SegmentRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentRecovery.class);

    private SegmentRecovery() {}

    /** What is left of a segment. */
    sealed interface Recovered {

        /** Records that wait, or broken ones to be set aside. */
        record SpooledRecord(Segment segment) implements Recovered {}

        /** All is drained; the file is deleted. */
        record Nothing() implements Recovered {}

        /** It does not begin as a segment does, and is set aside whole. */
        record SetAside() implements Recovered {}
    }

    /**
     * Looks at a segment.
     *
     * @param drained up to where everything is drained
     * @throws IOException if the disk does not give it; it is as it was
     */
    static Recovered recover(SpoolDirectory directory, long number, Position drained) throws IOException {
        Path file = directory.segment(number);
        if (number < drained.segment()) {
            delete(file);
            return new Recovered.Nothing();
        }
        long start = number == drained.segment() ? drained.offset() : SegmentFormat.PREAMBLE_BYTES;
        try (SegmentReader reader = SegmentReader.open(file)) {
            // Of the file that is read: another one may stand under its name by now.
            long size = reader.size();
            Scan scan = scan(reader, start, size);
            if (scan.end() < size) {
                cut(file, scan.end(), size);
            }
            if (scan.end() <= start) {
                delete(file);
                return new Recovered.Nothing();
            }
            var segment = new Segment(number, scan.end());
            segment.waiting = scan.waiting();
            return new Recovered.SpooledRecord(segment);
        } catch (SegmentReader.UnreadableSegmentException e) {
            if (e.size() <= SegmentFormat.PREAMBLE_BYTES) {
                delete(file);
                return new Recovered.Nothing();
            }
            LOG.atError()
                    .addKeyValue("file", directory.quarantineWhole(number))
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("A segment of the spool was set aside whole");
            return new Recovered.SetAside();
        }
    }

    /** Where a segment ends that was read from {@code start}, and what waits in it. */
    private record Scan(long end, SpooledRecordAges waiting) {}

    private static Scan scan(SegmentReader reader, long start, long size) throws IOException {
        var waiting = new SpooledRecordAges();
        long at = Math.min(start, size);
        while (at < size) {
            switch (reader.read(at, size)) {
                case SegmentReader.Read.Found(long next, long millis, var _) -> {
                    waiting.add(millis);
                    at = next;
                }
                case SegmentReader.Read.Broken(long next, var _) -> at = next;
                case SegmentReader.Read.Tail(boolean written) -> {
                    return new Scan(written ? size : at, waiting);
                }
                case SegmentReader.Read.End _ -> at = size;
            }
        }
        return new Scan(at, waiting);
    }

    /** Only tidies up: nobody reads beyond the end that was found. */
    private static void cut(Path file, long end, long size) {
        var warning = LOG.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("offset", end)
                .addKeyValue("bytes", size - end);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
            warning.log("A write to the spool was cut off before it was acknowledged; its beginning is removed");
        } catch (IOException e) {
            warning.addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("A write to the spool was cut off before it was acknowledged; its beginning stays");
        }
    }

    /** The next start tries again. */
    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("A drained segment of the spool could not be deleted");
        }
    }
}
