package dev.resentry.gateway.spool;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.envelope.RawEnvelope.Receipt;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** Envelopes, failing disks and unavailable sinks for tests of the spool. */
public final class SpoolFixture {
    static final long SEGMENT = 1024 * 1024;

    private SpoolFixture() {}

    public static RawEnvelope envelope(int bytes) {
        byte[] body = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            body[i] = (byte) (i * 31);
        }
        return new RawEnvelope(
                new Receipt(
                        EnvelopeId.at(Instant.now()),
                        new ProjectId(7),
                        new PublicKey("a".repeat(32)),
                        Instant.ofEpochMilli(1_700_000_000_000L),
                        Endpoint.ENVELOPE,
                        null,
                        "gzip",
                        null,
                        "sentry.python/2.0",
                        "10.0.0.1",
                        "ünïcode agent",
                        null,
                        null,
                        null,
                        Set.of()),
                body);
    }

    public static String id(RawEnvelope envelope) {
        return envelope.receipt().id().toString();
    }

    public static SpoolSettings settings(Path directory) {
        return new SpoolSettings(
                true,
                directory,
                2,
                DataSize.ofGigabytes(1),
                Duration.ofHours(24),
                DataSize.ofBytes(0),
                Duration.ofMillis(300));
    }

    static SpoolSettings withMaxBytes(Path directory, DataSize max) {
        return new SpoolSettings(
                true, directory, 2, max, Duration.ofHours(24), DataSize.ofBytes(0), Duration.ofMillis(300));
    }

    static EnvelopeSpool open(Path directory) {
        return open(directory, Disk.ofThisMachine());
    }

    static EnvelopeSpool open(Path directory, Disk disk) {
        return SpoolSlots.in(directory, settings(directory), Clock.systemUTC(), disk, SEGMENT);
    }

    /** A drain that soon tries again, and soon gives up. */
    static SpoolDrain hastyDrain(EnvelopeSpool spool, EnvelopeSink outlet) {
        return SpoolDrain.start(spool, outlet, Duration.ofMillis(20));
    }

    /** Everything that waits, in order, without a drain. */
    static List<String> waiting(EnvelopeSpool spool) throws IOException {
        List<String> ids = new ArrayList<>();
        try (var reader = new SpoolReader(spool)) {
            for (SpooledRecord next = reader.next(); next != null; next = reader.next()) {
                ids.add(next.envelope().id());
            }
        }
        return ids;
    }

    /** Opens a directory, reads everything and closes it. */
    static List<String> reopened(Path directory) throws IOException {
        try (EnvelopeSpool spool = open(directory)) {
            return waiting(spool);
        }
    }

    static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /** A clock that is set by hand. */
    static final class SetClock extends Clock {
        volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** An outlet that remembers what it took, and answers as it is told. */
    static final class Collected implements EnvelopeSink {
        final List<String> ids = new CopyOnWriteArrayList<>();
        volatile Function<String, Sent> response = _ -> new Sent.Acknowledged();

        @Override
        public CompletableFuture<Sent> send(Map<String, byte[]> headers, byte[] body) {
            String id = new SpooledEnvelope(headers, body).id();
            Sent sent = response.apply(id);
            if (sent instanceof Sent.Acknowledged) {
                ids.add(id);
            }
            return CompletableFuture.completedFuture(sent);
        }
    }

    /** An outlet that takes everything and remembers nothing. */
    static final class Nowhere implements EnvelopeSink {
        @Override
        public CompletableFuture<Sent> send(Map<String, byte[]> headers, byte[] body) {
            return CompletableFuture.completedFuture(new Sent.Acknowledged());
        }
    }

    /** A disk that counts, stops and fails. */
    static final class TestDisk implements Disk {
        final AtomicInteger syncs = new AtomicInteger();
        final AtomicInteger directorySyncs = new AtomicInteger();
        final Semaphore syncPermits = new Semaphore(Integer.MAX_VALUE);
        volatile boolean failsToCreate;
        volatile boolean failsToSync;
        volatile boolean failsToTruncate;
        volatile int writableBytes = Integer.MAX_VALUE;
        volatile long usable = Long.MAX_VALUE;

        @Override
        public AppendFile create(Path file) throws IOException {
            if (failsToCreate) {
                throw new IOException("No space left on device");
            }
            AppendFile real = Disk.ofThisMachine().create(file);
            return new AppendFile() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    if (bytes.remaining() > writableBytes) {
                        bytes.limit(bytes.position() + writableBytes);
                        real.write(bytes);
                        throw new IOException("No space left on device");
                    }
                    real.write(bytes);
                }

                @Override
                public void sync() throws IOException {
                    syncPermits.acquireUninterruptibly();
                    if (failsToSync) {
                        throw new IOException("Input/output error");
                    }
                    real.sync();
                    syncs.incrementAndGet();
                }

                @Override
                public void truncate(long size) throws IOException {
                    if (failsToTruncate) {
                        throw new IOException("Input/output error");
                    }
                    real.truncate(size);
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }

        @Override
        public void syncDirectory(Path directory) throws IOException {
            Disk.ofThisMachine().syncDirectory(directory);
            directorySyncs.incrementAndGet();
        }

        @Override
        public long usableBytes(Path directory) {
            return usable;
        }
    }
}
