package dev.resentry.gateway.http;

import dev.resentry.gateway.admission.BytesInFlight;
import dev.resentry.gateway.endpoint.RequestAdmission;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Listens on the port that senders know. A few event loops serve all connections, so that a slow sender costs a connection and
 * no thread.
 */
public final class GatewayServer {
    private static final int BACKLOG = 4096;
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 64 * 1024;
    private static final long TICK_MILLIS = 500;
    private static final long STOP_TICK_MILLIS = 100;
    /** A connection that has been quiet for so long of a stop is taken to have no request on its way. */
    private static final long QUIET_NANOS = 1_000_000_000L;
    /** In which those who are connecting as the listener is about to close get through. */
    private static final long SETTLE_MILLIS = 200;

    private static final long ACCEPT_NANOS = 2_000_000_000L;

    private final HttpSettings settings;
    private final TrustedProxies trustedProxies;
    private final RequestAdmission admission;
    private final FallbackHandler fallback;
    private final BytesInFlight bytesInFlight;
    private final RequestObserver observer;
    private final Map<EventExecutor, Set<IngestConnection>> connections = new ConcurrentHashMap<>();
    /** The loops that look at their connections now and then; one without any rests. */
    private final Set<EventExecutor> ticking = ConcurrentHashMap.newKeySet();

    private final AtomicInteger connectionCount = new AtomicInteger();
    private volatile boolean stopping;
    private volatile long stoppingSince;
    private @Nullable MultiThreadIoEventLoopGroup loops;
    private @Nullable Channel listening;

    public GatewayServer(
            HttpSettings settings,
            RequestAdmission admission,
            FallbackHandler fallback,
            BytesInFlight bytesInFlight,
            RequestObserver observer) {
        this.settings = settings;
        this.trustedProxies = TrustedProxies.of(settings.trustedProxies());
        this.admission = admission;
        this.fallback = fallback;
        this.bytesInFlight = bytesInFlight;
        this.observer = observer;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException if the port cannot be had; the message names it
     */
    public void start() throws IOException {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        int threads = settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
        var group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("http"), handlers);
        group.forEach(loop -> {
            connections.put(loop, new HashSet<>());
        });
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        var bound = new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        prepare(channel);
                    }
                })
                .bind(new InetSocketAddress(settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException(
                    "port %d cannot be had: %s"
                            .formatted(settings.port(), bound.cause().getMessage()),
                    bound.cause());
        }
        loops = group;
        listening = bound.channel();
    }

    /** The port that is listened on. */
    public int port() {
        Channel channel = listening;
        if (channel == null) {
            throw new IllegalStateException("not started");
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** The connections that are open. */
    public int connectionCount() {
        return connectionCount.get();
    }

    /**
     * Takes no more connections, answers every request that is under way, and ends. Connections that wait for another request
     * are told to go with their next answer, or closed once they have been quiet for a while. Blocks until all of that is done.
     */
    public void stop() {
        MultiThreadIoEventLoopGroup group = loops;
        Channel channel = listening;
        if (group == null || channel == null) {
            return;
        }
        stoppingSince = System.nanoTime();
        stopping = true;
        try {
            Thread.sleep(settings.stopDelay());
            closeListener(channel);
            awaitRegistrations(group);
            closeQuietConnections(group);
            awaitConnections();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        loops = null;
    }

    /**
     * Closes the listener when no connection is left in its queue: the kernel resets those that are, though their senders take
     * themselves for connected and have sent their requests.
     */
    private static void closeListener(Channel channel) throws InterruptedException {
        if (LinuxSockets.ignoreNewConnections(channel)) {
            Thread.sleep(SETTLE_MILLIS);
        }
        long deadline = System.nanoTime() + ACCEPT_NANOS;
        while (!closeIfAllAccepted(channel, System.nanoTime() > deadline)) {
            Thread.sleep(1);
        }
        channel.closeFuture().awaitUninterruptibly();
    }

    /** In one turn of the loop that accepts, so that nothing comes between the look and the close. */
    private static boolean closeIfAllAccepted(Channel channel, boolean late) {
        return channel.eventLoop()
                .submit(() -> {
                    boolean closes = late || LinuxSockets.unaccepted(channel) == 0;
                    if (closes) {
                        var _ = channel.close();
                    }
                    return closes;
                })
                .awaitUninterruptibly()
                .getNow();
    }

    /** A connection that was just accepted is not counted before its loop has come to it. */
    private static void awaitRegistrations(MultiThreadIoEventLoopGroup group) {
        group.forEach(loop -> loop.submit(() -> {}).awaitUninterruptibly());
    }

    private void closeQuietConnections(MultiThreadIoEventLoopGroup group) {
        for (EventExecutor loop : group) {
            // Ends with the loop.
            var _ = loop.scheduleWithFixedDelay(
                    () -> each(loop, connection -> connection.closeIfQuiet(System.nanoTime(), QUIET_NANOS)),
                    0,
                    STOP_TICK_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void awaitConnections() throws InterruptedException {
        long deadline = System.nanoTime() + settings.stopTimeout().toNanos();
        while (connectionCount.get() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
    }

    private void prepare(SocketChannel channel) {
        var connection = new IngestConnection(this);
        channel.pipeline()
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        connection.bytesArrived();
                        ctx.fireChannelRead(message);
                    }
                })
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_LINE)
                        .setMaxHeaderSize(MAX_HEADERS)))
                .addLast(connection);
    }

    private void each(EventExecutor loop, Consumer<IngestConnection> action) {
        // A connection that ends takes itself out of the set.
        Set.copyOf(connections.getOrDefault(loop, Set.of())).forEach(action);
    }

    void connected(IngestConnection connection, ChannelHandlerContext context) {
        EventLoop loop = context.channel().eventLoop();
        Set<IngestConnection> own = connections.get(loop);
        observer.connected();
        if (own != null) {
            own.add(connection);
            if (ticking.add(loop)) {
                tickLater(loop);
            }
        }
        if (connectionCount.incrementAndGet() > settings.maxConnections()) {
            var _ = context.close();
        }
    }

    /** For as long as the loop has connections. */
    private void tickLater(EventLoop loop) {
        var _ = loop.schedule(
                () -> {
                    each(loop, connection -> connection.tick(System.nanoTime()));
                    if (connections.getOrDefault(loop, Set.of()).isEmpty()) {
                        ticking.remove(loop);
                    } else {
                        tickLater(loop);
                    }
                },
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    void disconnected(IngestConnection connection, ChannelHandlerContext context) {
        Set<IngestConnection> own = connections.get(context.channel().eventLoop());
        if (own != null) {
            own.remove(connection);
        }
        connectionCount.decrementAndGet();
        observer.disconnected();
    }

    HttpSettings settings() {
        return settings;
    }

    TrustedProxies trustedProxies() {
        return trustedProxies;
    }

    RequestAdmission admission() {
        return admission;
    }

    FallbackHandler fallback() {
        return fallback;
    }

    BytesInFlight bytesInFlight() {
        return bytesInFlight;
    }

    RequestObserver observer() {
        return observer;
    }

    boolean isStopping() {
        return stopping;
    }

    long stoppingSince() {
        return stoppingSince;
    }
}
