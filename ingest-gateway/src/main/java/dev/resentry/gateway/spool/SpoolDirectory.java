package dev.resentry.gateway.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.service.health.CheckResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one spool: numbered segments, the position up to which they are drained, the files in quarantine. Held by one
 * process at a time; the lock is the operating system's, so one that was killed holds nothing.
 */
final class SpoolDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);
    private static final String LOCK_FILE = "LOCK";
    private static final String POSITION_FILE = "position";
    private static final String SEGMENT_SUFFIX = ".spool";
    private static final String QUARANTINE_SUFFIX = ".quarantine";
    /** What earlier versions ended the names of such files in; they count as the others do. */
    private static final String FORMER_QUARANTINE_SUFFIX = ".broken";

    private static final Pattern FIRST_NUMBER = Pattern.compile("\\d{1,18}");
    private static final SecureRandom MARKS = new SecureRandom();
    private static final int COPY_BYTES = 64 * 1024;

    /**
     * What this process holds: the operating system's lock ends when any channel to the file is closed, so a second attempt from
     * here must be refused before it opens the file.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final FileChannel lock;

    private SpoolDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes a directory, making it if it is not there.
     *
     * @return empty if another process, or another spool of this one, holds it
     */
    static Optional<SpoolDirectory> take(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path root = directory.toRealPath();
        if (!HELD_HERE.add(root)) {
            return Optional.empty();
        }
        boolean held = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            held = channel.tryLock() != null;
            if (!held) {
                return Optional.empty();
            }
            sign(channel);
            return Optional.of(new SpoolDirectory(root, channel));
        } finally {
            if (!held) {
                HELD_HERE.remove(root);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** For people who look who holds a directory; a full disk has no room even for that. */
    private static void sign(FileChannel lock) {
        try {
            lock.truncate(0);
            lock.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
        } catch (IOException e) {
            LOG.atDebug()
                    .addKeyValue("error", CheckResult.Failed.of(e).cause())
                    .log("The lock of the spool is held, but does not say by whom");
        }
    }

    /** Whether a spool's directory holds segments; looks without taking it. */
    static boolean hasSegments(Path directory) throws IOException {
        return Files.isDirectory(directory) && !segmentsIn(directory).isEmpty();
    }

    Path root() {
        return root;
    }

    Path segment(long number) {
        return root.resolve("%016d%s".formatted(number, SEGMENT_SUFFIX));
    }

    /** The numbers of the segments, in the order in which they were written. */
    List<Long> segments() throws IOException {
        return segmentsIn(root);
    }

    /** The highest number of a segment or of a file in quarantine, so that no name is used twice; 0 if there is none. */
    long highestNumber() throws IOException {
        List<Long> numbers = new ArrayList<>(segments());
        for (Path file : quarantined()) {
            var digits = FIRST_NUMBER.matcher(file.getFileName().toString());
            if (digits.lookingAt()) {
                numbers.add(Long.parseLong(digits.group()));
            }
        }
        return numbers.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** How much of the disk the files in quarantine take. */
    long quarantinedBytes() throws IOException {
        long bytes = 0;
        for (Path file : quarantined()) {
            bytes += file.toFile().length();
        }
        return bytes;
    }

    private List<Path> quarantined() throws IOException {
        String names = "*{%s,%s}".formatted(QUARANTINE_SUFFIX, FORMER_QUARANTINE_SUFFIX);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root, names)) {
            List<Path> found = new ArrayList<>();
            files.forEach(found::add);
            return found;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Up to where everything is drained; the beginning if the file is missing or broken. */
    Position position() throws IOException {
        Path file = root.resolve(POSITION_FILE);
        return Files.exists(file) ? Position.read(Files.readAllBytes(file)) : Position.START;
    }

    /** After a kill or a power cut, the old position is there or the new one. */
    void writePosition(Position position) throws IOException {
        writeWhole(root.resolve(POSITION_FILE), position.encode());
    }

    /** What a part of a segment is. */
    enum Part {
        /** A whole record: its copy is a segment with nothing else, so that it can be drained from there. */
        RECORD,
        /** Damaged bytes: they are copied as they are. */
        DEBRIS
    }

    /**
     * Copies a part of a segment to a file of its own, which survives a power cut when this returns. If that cannot be written,
     * the whole segment gets a second name, which takes no room and outlives the first.
     */
    Path quarantine(long segment, long from, long to, Part part) throws IOException {
        try {
            return copyToQuarantine(segment, from, to, part);
        } catch (IOException e) {
            Path whole = wholeInQuarantine(segment);
            if (!Files.isRegularFile(whole)) {
                try {
                    Files.createLink(whole, segment(segment));
                } catch (IOException again) {
                    e.addSuppressed(again);
                    throw e;
                }
            }
            return whole;
        }
    }

    private Path copyToQuarantine(long segment, long from, long to, Part part) throws IOException {
        Path file = root.resolve("%016d-%012d%s".formatted(segment, from, QUARANTINE_SUFFIX));
        try (var source = FileChannel.open(segment(segment), StandardOpenOption.READ);
                var copy = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.allocate(COPY_BYTES);
            long start = from;
            if (part == Part.RECORD) {
                source.read(buffer.limit(SegmentFormat.HEADER_BYTES), from);
                beginSegment(copy, SegmentFormat.Header.read(buffer.flip()));
                start += SegmentFormat.HEADER_BYTES;
            }
            for (long at = start; at < to; ) {
                buffer.clear().limit((int) Math.min(COPY_BYTES, to - at));
                int read = source.read(buffer, at);
                if (read < 0) {
                    break;
                }
                at += read;
                buffer.flip();
                while (buffer.hasRemaining()) {
                    copy.write(buffer);
                }
            }
            copy.force(true);
        }
        return file;
    }

    private static void beginSegment(FileChannel file, SegmentFormat.Header record) throws IOException {
        long mark = MARKS.nextLong();
        ByteBuffer head = ByteBuffer.allocate(SegmentFormat.PREAMBLE_BYTES + SegmentFormat.HEADER_BYTES)
                .put(SegmentFormat.preamble(mark))
                .put(record.encode(mark, SegmentFormat.PREAMBLE_BYTES))
                .flip();
        while (head.hasRemaining()) {
            file.write(head);
        }
    }

    /** Takes a whole segment out of the queue without deleting it; needs no space on the disk. */
    Path quarantineWhole(long segment) throws IOException {
        Path file = wholeInQuarantine(segment);
        Files.move(segment(segment), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }

    private Path wholeInQuarantine(long segment) {
        return root.resolve("%016d%s%s".formatted(segment, SEGMENT_SUFFIX, QUARANTINE_SUFFIX));
    }

    @Override
    public void close() throws IOException {
        lock.close();
        HELD_HERE.remove(root);
    }

    /**
     * A place in the log.
     *
     * @param segment everything in segments before it is drained
     * @param offset in the segment, everything before it is drained
     */
    record Position(long segment, long offset) {
        static final Position START = new Position(0, 0);

        private static final int BYTES = 2 * Long.BYTES;

        byte[] encode() {
            ByteBuffer bytes =
                    ByteBuffer.allocate(BYTES + Integer.BYTES).putLong(segment).putLong(offset);
            return bytes.putInt(checksum(bytes.array())).array();
        }

        static Position read(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return bytes.length == BYTES + Integer.BYTES && buffer.getInt(BYTES) == checksum(bytes)
                    ? new Position(buffer.getLong(0), buffer.getLong(Long.BYTES))
                    : START;
        }

        private static int checksum(byte[] bytes) {
            var checksum = new CRC32C();
            checksum.update(bytes, 0, BYTES);
            return (int) checksum.getValue();
        }
    }

    private static List<Long> segmentsIn(Path directory) throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SEGMENT_SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String digits = name.substring(0, name.length() - SEGMENT_SUFFIX.length());
                if (digits.matches("\\d{1,18}")) {
                    numbers.add(Long.parseLong(digits));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(numbers);
        return numbers;
    }

    private static void writeWhole(Path file, byte[] bytes) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".half");
        try (var channel = FileChannel.open(
                half, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
