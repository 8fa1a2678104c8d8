package dev.resentry.benchmarks.drain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.benchmarks.load.HttpLoad;
import dev.resentry.model.project.Dsn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * All requests of a measurement, made before it begins and read from a file: making them costs more than what is
 * measured, and would take its cores.
 */
final class Corpus implements AutoCloseable {
    private static final int MAX_DOCUMENTS = 500;

    private final Path file;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment requests;
    private final long[] ends;
    private final List<@Nullable String> errorIds;
    private final List<byte[]> documents;
    private final double documentsPerEnvelope;
    private final long plainBytes;
    private final long sentBytes;

    private Corpus(Path file, Making made) throws IOException {
        this.file = file;
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            this.requests = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
        this.ends = made.ends;
        this.errorIds = made.errorIds;
        this.documents = made.documents;
        this.documentsPerEnvelope = made.documentsPerEnvelope();
        this.plainBytes = made.plainBytes;
        this.sentBytes = made.sentBytes;
    }

    /** Makes {@code count} requests with bodies that gzip has compressed. */
    static Corpus make(Path file, DrainCase drainCase, int count, long seed, Dsn project) throws IOException {
        var making = new Making(count);
        var envelopes = new SampleEnvelopes(drainCase, count, seed);
        String head = head(project);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int number = 0; number < count; number++) {
                making.add(envelopes.envelope(number, Instant.now()), head, out);
            }
        }
        return new Corpus(file, making);
    }

    int size() {
        return ends.length;
    }

    /** Bytes of a body as it is sent, on average. */
    double meanSentBytes() {
        return (double) sentBytes / size();
    }

    /** Bytes of a body before it was compressed, on average. */
    double meanPlainBytes() {
        return (double) plainBytes / size();
    }

    /** Some of the JSON that is in the envelopes, each piece as a processor has to parse it. */
    List<byte[]> documents() {
        return documents;
    }

    double documentsPerEnvelope() {
        return documentsPerEnvelope;
    }

    /**
     * Hands them out one after the other, again from the first when all were.
     *
     * @param acknowledged is told of the ids of errors when they were answered with 200
     */
    HttpLoad.Requests requests(Consumer<String> acknowledged) {
        return new HttpLoad.Requests() {
            private int next;

            @Override
            public ByteBuffer next() {
                int number = next;
                next = (next + 1) % size();
                long begin = number == 0 ? 0 : ends[number - 1];
                return requests.asSlice(begin, ends[number] - begin).asByteBuffer();
            }

            @Override
            public void answered(long number, int status) {
                String id = errorIds.get((int) (number % size()));
                if (status == 200 && id != null) {
                    acknowledged.accept(id);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        arena.close();
        Files.deleteIfExists(file);
    }

    private static String head(Dsn project) {
        return """
                POST /api/%s/envelope/ HTTP/1.1\r
                Host: 127.0.0.1\r
                User-Agent: sentry.java/8.0.0\r
                Content-Type: application/x-sentry-envelope\r
                X-Sentry-Auth: Sentry sentry_version=7,sentry_client=sentry.java/8.0.0,sentry_key=%s\r
                Content-Encoding: gzip\r
                Content-Length: %%d\r
                \r
                """.formatted(project.projectId(), project.publicKey());
    }

    /** What is known of the requests as they are written. */
    private static final class Making {
        private final long[] ends;
        private final List<@Nullable String> errorIds = new ArrayList<>();
        private final List<byte[]> documents = new ArrayList<>();
        private int count;
        private long documentCount;
        private long written;
        private long plainBytes;
        private long sentBytes;

        Making(int count) {
            this.ends = new long[count];
        }

        void add(SampleEnvelopes.Sample sample, String head, OutputStream out) throws IOException {
            var body = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(body)) {
                gzip.write(sample.body());
            }
            byte[] line = head.formatted(body.size()).getBytes(UTF_8);
            out.write(line);
            body.writeTo(out);
            written += line.length + body.size();
            plainBytes += sample.body().length;
            sentBytes += body.size();
            ends[count++] = written;
            errorIds.add(sample.errorId());
            documentCount += sample.documents().size();
            for (byte[] document : sample.documents()) {
                if (documents.size() < MAX_DOCUMENTS) {
                    documents.add(document);
                }
            }
        }

        double documentsPerEnvelope() {
            return (double) documentCount / count;
        }
    }
}
