package dev.resentry.gateway.spool;

import dev.resentry.model.envelope.RawEnvelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures appends: {@code SpoolThroughput DIRECTORY [WAITING] [BYTES] [SECONDS]}. The spool is drained to nowhere meanwhile, so that it
 * does not fill the disk.
 */
final class SpoolThroughput {
    private SpoolThroughput() {}

    public static void main(String[] args) throws Exception {
        int waiting = args.length > 1 ? Integer.parseInt(args[1]) : 256;
        int bytes = args.length > 2 ? Integer.parseInt(args[2]) : 3072;
        int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 10;
        var syncs = new AtomicInteger();
        var disk = new Disk() {
            @Override
            public AppendFile create(Path file) throws IOException {
                AppendFile real = Disk.ofThisMachine().create(file);
                return new AppendFile() {
                    @Override
                    public void write(ByteBuffer data) throws IOException {
                        real.write(data);
                    }

                    @Override
                    public void sync() throws IOException {
                        real.sync();
                        syncs.incrementAndGet();
                    }

                    @Override
                    public void truncate(long size) throws IOException {
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
            }

            @Override
            public long usableBytes(Path directory) {
                return Disk.ofThisMachine().usableBytes(directory);
            }
        };
        Path directory = Path.of(args[0]);
        var kept = new AtomicLong();
        try (EnvelopeSpool spool = SpoolSlots.in(
                        directory, SpoolFixture.settings(directory), Clock.systemUTC(), disk, 64L * 1024 * 1024);
                SpoolDrain _ = SpoolDrain.start(spool, new SpoolFixture.Nowhere())) {
            var room = new Semaphore(waiting);
            for (int round = 0; round < 2; round++) {
                kept.set(0);
                syncs.set(0);
                long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
                while (System.nanoTime() < end) {
                    room.acquire();
                    RawEnvelope envelope = SpoolFixture.envelope(bytes);
                    var _ = spool.append(envelope).thenAccept(appended -> {
                        if (appended instanceof Appended.Kept) {
                            kept.incrementAndGet();
                        }
                        room.release();
                    });
                }
                System.out.printf(
                        "%d waiting, %d bytes: %d appends/s, %d syncs/s, %s%n",
                        waiting, bytes, kept.get() / seconds, syncs.get() / seconds, spool.status());
            }
        }
    }
}
