package dev.resentry.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a port of the loopback address that nobody listens on. It lies below those that operating systems give to outgoing
 * connections: a client that tries again and again while a server is away could otherwise be given the server's own port.
 */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 29_999;
    private static final int ATTEMPTS = 1_000;

    private FreePort() {}

    public static int find() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try {
                bind(port);
                return port;
            } catch (IOException _) {
                // Taken; the next one may be free.
            }
        }
        throw new IllegalStateException("no free port on the loopback address from %d to %d".formatted(FIRST, LAST));
    }

    /**
     * Says at once what a server would say late.
     *
     * @throws IllegalStateException if somebody listens on that port of the loopback address
     */
    public static void require(int port) {
        try {
            bind(port);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port %d of the loopback address cannot be used: %s".formatted(port, e.getMessage()), e);
        }
    }

    private static void bind(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            // Connections of the server that listened there before may still be closing.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }
}
