package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.resentry.endtoend.RawConnection.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Spreads requests over gateways as nginx does if it is told nothing else: who refuses a connection is passed over, and a
 * request of which anything was sent is not sent to another.
 */
final class RoundRobinProxy implements AutoCloseable {
    enum Connections {
        /** One for each request. */
        NEW,
        /** Used again, the one that was used last first, as long as the gateway does not close it. */
        POOLED
    }

    private final Connections connections;
    private final List<Backend> backends;
    private final ServerSocket listener;
    private final AtomicInteger turn = new AtomicInteger();
    /** Why requests were answered 502. */
    final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private record Backend(int port, Deque<RawConnection> idle, AtomicInteger answers) {}

    RoundRobinProxy(Connections connections, int... ports) {
        this.connections = connections;
        this.backends = Arrays.stream(ports)
                .mapToObj(port -> new Backend(port, new ConcurrentLinkedDeque<>(), new AtomicInteger()))
                .toList();
        try {
            this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many requests each gateway has answered. */
    List<Integer> answers() {
        return backends.stream().map(backend -> backend.answers().get()).toList();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream());
            while (true) {
                byte[] request = request(in);
                Reply reply = forward(request);
                String head =
                        "HTTP/1.1 %d Any\r\nContent-Length: %d\r\n\r\n".formatted(reply.status(), reply.body().length);
                client.getOutputStream().write((head + new String(reply.body(), ISO_8859_1)).getBytes(ISO_8859_1));
            }
        } catch (IOException _) {
            // The sender has left.
        }
    }

    private static byte[] request(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int length = 0;
        while (true) {
            var line = new ByteArrayOutputStream();
            int next;
            do {
                next = in.read();
                if (next < 0) {
                    throw new EOFException();
                }
                line.write(next);
            } while (next != '\n');
            line.writeTo(bytes);
            String text = line.toString(ISO_8859_1).strip().toLowerCase(Locale.ROOT);
            if (text.startsWith("content-length:")) {
                length = Integer.parseInt(text.substring(text.indexOf(':') + 1).strip());
            } else if (text.isEmpty()) {
                bytes.write(in.readNBytes(length));
                return bytes.toByteArray();
            }
        }
    }

    private Reply forward(byte[] request) {
        int first = turn.getAndIncrement();
        for (int i = 0; i < backends.size(); i++) {
            Backend backend = backends.get(Math.floorMod(first + i, backends.size()));
            RawConnection connection;
            try {
                connection = connect(backend);
            } catch (IOException _) {
                continue;
            }
            try {
                Reply reply = connection.exchange(request);
                backend.answers().incrementAndGet();
                if (connections == Connections.POOLED && !reply.closes()) {
                    backend.idle().push(connection);
                } else {
                    connection.close();
                }
                return reply;
            } catch (IOException e) {
                connection.close();
                failures.add("%d broke off: %s".formatted(backend.port(), e));
                return badGateway();
            }
        }
        failures.add("nobody takes a connection");
        return badGateway();
    }

    private static RawConnection connect(Backend backend) throws IOException {
        for (RawConnection idle = backend.idle().poll();
                idle != null;
                idle = backend.idle().poll()) {
            if (idle.isOpen()) {
                return idle;
            }
            idle.close();
        }
        return new RawConnection(backend.port());
    }

    private static Reply badGateway() {
        return new Reply(502, Map.of(), new byte[0]);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        backends.forEach(backend -> backend.idle().forEach(RawConnection::close));
    }
}
