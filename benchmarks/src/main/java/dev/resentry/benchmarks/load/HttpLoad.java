package dev.resentry.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests, the same over and over or one after the other, from one thread. Either as fast as the answers come, one request
 * on each connection at a time; or at a fixed rate, where the time an answer takes counts from when its request was due, so that a
 * server that stalls is not spared what it held up.
 */
public final class HttpLoad implements AutoCloseable {
    private static final long MAX_NANOS = 60_000_000_000L;
    private static final long MAX_PAUSE_NANOS = 100_000;
    private static final int DIGITS = 3;
    private static final double UNBOUNDED_SECONDS = 1e9;

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Queue<Connection> free = new ArrayDeque<>();
    private final Requests requests;

    /** What is sent, and who is told of the answers; both are asked on the thread that sends. */
    public interface Requests {
        /** The next request, complete; its position is moved. */
        ByteBuffer next();

        /** The request that was handed out as the {@code number}th, from 0, was answered so. */
        void answered(long number, int status);
    }

    public HttpLoad(int port, byte[] request, int count) throws IOException {
        this(
                port,
                new Same(ByteBuffer.allocateDirect(request.length).put(request).flip()),
                count);
    }

    public HttpLoad(int port, Requests requests, int count) throws IOException {
        this(List.of(port), requests, count);
    }

    /** The connections go to the ports in turn. */
    public HttpLoad(List<Integer> ports, Requests requests, int count) throws IOException {
        this.selector = Selector.open();
        this.requests = requests;
        for (int i = 0; i < count; i++) {
            var channel = SocketChannel.open(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.get(i % ports.size())));
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            var connection = new Connection(channel);
            connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
            connections.add(connection);
        }
    }

    private record Same(ByteBuffer request) implements Requests {
        @Override
        public ByteBuffer next() {
            return request.duplicate();
        }

        @Override
        public void answered(long number, int status) {}
    }

    /** What was measured; latencies in nanoseconds. */
    public record Result(long answers, long refused, double seconds, Histogram latency) {
        public double perSecond() {
            return answers / seconds;
        }

        public double millis(double percentile) {
            return latency.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /** As fast as answers come. */
    public Result closedLoop(double seconds) throws IOException {
        return run(seconds, 0, Long.MAX_VALUE);
    }

    /** So many requests, as fast as answers come. */
    public Result closedLoop(long count) throws IOException {
        return run(UNBOUNDED_SECONDS, 0, count);
    }

    /** At a fixed rate. */
    public Result openLoop(double seconds, double perSecond) throws IOException {
        return run(seconds, perSecond, Long.MAX_VALUE);
    }

    private Result run(double seconds, double perSecond, long count) throws IOException {
        var latency = new Histogram(MAX_NANOS, DIGITS);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        double interval = perSecond == 0 ? 0 : 1e9 / perSecond;
        long due = 0;
        long answers = 0;
        long refused = 0;
        int underWay = 0;
        free.clear();
        free.addAll(connections);
        while (true) {
            long now = System.nanoTime();
            boolean over = now >= end || due >= count;
            if (over && underWay == 0) {
                break;
            }
            while (!over && due < count && !free.isEmpty() && (perSecond == 0 || start + due * interval <= now)) {
                long dueAt = perSecond == 0 ? System.nanoTime() : (long) (start + due * interval);
                free.remove().send(due, dueAt);
                due++;
                underWay++;
            }
            if (perSecond == 0 || over || free.isEmpty()) {
                selector.select(100);
            } else {
                long wait = (long) (start + due * interval) - System.nanoTime();
                if (wait > 1_000_000) {
                    selector.select(wait / 1_000_000);
                } else {
                    // Without the pause it would take a core that the server needs.
                    LockSupport.parkNanos(Math.min(wait, MAX_PAUSE_NANOS));
                    selector.selectNow();
                }
            }
            for (SelectionKey key : selector.selectedKeys()) {
                var connection = (Connection) key.attachment();
                if (key.isWritable()) {
                    connection.write();
                }
                int status = key.isReadable() ? connection.read() : 0;
                if (status != 0) {
                    latency.recordValue(Math.min(MAX_NANOS, System.nanoTime() - connection.dueAt));
                    answers++;
                    refused += status == 200 ? 0 : 1;
                    requests.answered(connection.number, status);
                    underWay--;
                    free.add(connection);
                }
            }
            selector.selectedKeys().clear();
        }
        return new Result(answers, refused, (System.nanoTime() - start) / 1e9, latency);
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocate(8 * 1024);
        private @Nullable SelectionKey key;
        private @Nullable ByteBuffer rest;
        private long number;
        private long dueAt;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void send(long requestNumber, long due) throws IOException {
            number = requestNumber;
            dueAt = due;
            rest = requests.next();
            answer.clear();
            write();
        }

        void write() throws IOException {
            if (rest != null) {
                channel.write(rest);
                boolean done = !rest.hasRemaining();
                rest = done ? null : rest;
                if (key != null) {
                    int wanted = done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
                    if (key.interestOps() != wanted) {
                        key.interestOps(wanted);
                    }
                }
            }
        }

        /** Reads what is there; the status once the answer is complete, else 0. */
        int read() throws IOException {
            if (channel.read(answer) < 0) {
                throw new IOException("the server closed a connection");
            }
            byte[] bytes = answer.array();
            int size = answer.position();
            int headEnd = indexOfBlankLine(bytes, size);
            if (headEnd < 0) {
                return 0;
            }
            int length = contentLength(bytes, headEnd);
            return size < headEnd + length ? 0 : (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
        }

        private static int indexOfBlankLine(byte[] bytes, int size) {
            for (int i = 3; i < size; i++) {
                if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private static int contentLength(byte[] bytes, int end) {
            for (int i = 0; i + 16 < end; i++) {
                if (bytes[i] == '\n'
                        && (bytes[i + 1] | 0x20) == 'c'
                        && (bytes[i + 9] | 0x20) == 'l'
                        && bytes[i + 15] == ':') {
                    int length = 0;
                    for (int at = i + 16; bytes[at] != '\r'; at++) {
                        length = bytes[at] == ' ' ? length : length * 10 + bytes[at] - '0';
                    }
                    return length;
                }
            }
            return 0;
        }
    }
}
