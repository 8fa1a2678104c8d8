package dev.resentry.gateway.http;

import dev.resentry.gateway.endpoint.AdmissionResult.BodyHandler;
import dev.resentry.gateway.endpoint.AdmissionResult.NotIngest;
import dev.resentry.gateway.endpoint.AdmissionResult.Receiving;
import dev.resentry.gateway.endpoint.AdmissionResult.Responded;
import dev.resentry.gateway.endpoint.IngestRequest;
import dev.resentry.gateway.endpoint.IngestResponse;
import dev.resentry.model.outcome.RejectionReason;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its requests one after the other, each with a body that is bounded in size, memory and time. All of it runs
 * on the connection's event loop. What a sender says ahead of its turn waits, bounded.
 */
final class IngestConnection extends ChannelInboundHandlerAdapter {
    private static final AsciiString EXPECT = AsciiString.cached("Expect");
    private static final AsciiString TRANSFER_ENCODING = AsciiString.cached("Transfer-Encoding");

    /** A body that nobody wants and that is longer ends the connection. */
    private static final long MAX_OVERREAD = 256L * 1024;
    /** Of a body nobody wants, so that its sender gets to read why. */
    private static final long MAX_READ_OVER = 32L * 1024 * 1024;

    private static final long READ_OVER_NANOS = 5_000_000_000L;

    private enum Phase {
        IDLE,
        RECEIVING,
        AWAITING_ROOM,
        ANSWERING,
        DISCARDING,
        ELSEWHERE,
        /** The last answer is said; what still comes is read over. */
        LEAVING,
        CLOSED
    }

    private final GatewayServer server;
    private final PendingMessages pending = new PendingMessages();
    private final BodyRateMonitor pace;
    private boolean draining;
    private @Nullable ChannelHandlerContext context;
    private @Nullable String peerAddress;
    /** With whom the peer belongs; null if it is not believed. */
    private @Nullable TrustedProxies proxies;

    private Phase phase = Phase.IDLE;
    private long phaseSince = System.nanoTime();
    /** When the first byte of a request whose headers are not complete yet arrived; 0 if there is none. */
    private long headersSince;

    private long lastBytesAt = phaseSince;

    private boolean keepAlive;
    private boolean inputOver;
    private boolean oldProtocol;
    private String route = "";
    private @Nullable IngestRequest request;
    private long startedAt;
    private long bodyBytes;
    /** The most bytes that its body may have. */
    private long limit;

    private @Nullable IncomingBody body;
    private @Nullable BodyHandler bodyHandler;
    /** How refusals look on the route. */
    private UnaryOperator<IngestResponse> errorFormat = UnaryOperator.identity();

    /** Whether the pace has been told that nothing is read for now. */
    private boolean pacePaused;
    /** Since when there has been no room for more of an answer; 0 if there is. */
    private long unreadSince;

    private FallbackHandler.@Nullable Exchange elsewhere;
    /** Whether the whole request has been handed on. */
    private boolean elsewhereHeard;

    IngestConnection(GatewayServer server) {
        this.server = server;
        HttpSettings settings = server.settings();
        this.pace = new BodyRateMonitor(
                settings.bodyIdleTimeout(), settings.minBodyRate().toBytes(), settings.roomTimeout());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        if (ctx.channel().remoteAddress() instanceof InetSocketAddress address && address.getAddress() != null) {
            peerAddress = address.getAddress().getHostAddress();
            proxies = server.trustedProxies().trust(address.getAddress()) ? server.trustedProxies() : null;
        }
        server.connected(this, ctx);
        ctx.fireChannelActive();
    }

    /** Called before anything is made of the bytes. */
    void bytesArrived() {
        lastBytesAt = System.nanoTime();
        if (phase == Phase.IDLE && headersSince == 0) {
            headersSince = lastBytesAt;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (phase == Phase.CLOSED) {
            ReferenceCountUtil.release(message);
        } else if (phase == Phase.LEAVING) {
            readOver(ctx, message);
        } else if (isBusy(ctx) || !pending.isEmpty()) {
            postpone(ctx, message);
        } else {
            handle(ctx, message);
        }
    }

    /** Whether whatever comes now has to wait for its turn. */
    private boolean isBusy(ChannelHandlerContext ctx) {
        return switch (phase) {
            case ANSWERING, AWAITING_ROOM -> true;
            case ELSEWHERE -> elsewhereHeard;
            // Whoever does not read its answers is not given more of them to hold for it.
            case IDLE -> !ctx.channel().isWritable();
            case RECEIVING, DISCARDING, LEAVING, CLOSED -> false;
        };
    }

    private void postpone(ChannelHandlerContext ctx, Object message) {
        pending.add(message);
        if (pending.isFull()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    private void drain(ChannelHandlerContext ctx) {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (phase != Phase.CLOSED && phase != Phase.LEAVING && !isBusy(ctx)) {
                Object next = pending.poll();
                if (next == null) {
                    if (inputOver) {
                        inputEnded(ctx);
                    }
                    break;
                }
                handle(ctx, next);
            }
            readOn(ctx);
        } finally {
            draining = false;
        }
    }

    /** Reads from the sender again, unless there is enough to do, or somebody else sees to it. */
    private void readOn(ChannelHandlerContext ctx) {
        boolean reads = phase != Phase.AWAITING_ROOM
                && ctx.channel().isActive()
                && !pending.isFull()
                && ctx.channel().isWritable()
                && (elsewhere == null || elsewhereHeard);
        if (reads && !ctx.channel().config().isAutoRead()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void handle(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest start) {
            begin(ctx, start);
        }
        if (message instanceof HttpContent content) {
            content(ctx, content);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest start) {
        startedAt = System.nanoTime();
        headersSince = 0;
        bodyBytes = 0;
        route = "none";
        errorFormat = UnaryOperator.identity();
        var read = new NettyIngestRequest(start, peerAddress, proxies);
        request = read;
        keepAlive = HttpUtil.isKeepAlive(start);
        oldProtocol = start.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (start.decoderResult().isFailure()) {
            refuseBroken(ctx, start.decoderResult().cause());
            return;
        }
        if (start.protocolVersion().majorVersion() != 1) {
            keepAlive = false;
            write(ctx, IngestResponse.rejected(505, RejectionReason.HTTP, "HTTP/1.1 is spoken here"));
            leave(ctx);
            return;
        }
        if (isFramingUnclear(start)) {
            keepAlive = false;
            write(
                    ctx,
                    IngestResponse.rejected(
                            400,
                            RejectionReason.HTTP,
                            "not a valid HTTP request",
                            "transfer-encoding: expected chunked"));
            leave(ctx);
            return;
        }
        if (!oldProtocol && start.headers().contains(EXPECT) && !HttpUtil.is100ContinueExpected(start)) {
            answerEarly(
                    ctx,
                    start,
                    IngestResponse.rejected(417, RejectionReason.EXPECTATION, "only 100-continue can be expected"));
            return;
        }
        switch (server.admission().open(read)) {
            case NotIngest _ -> {
                enter(Phase.ELSEWHERE);
                pace.begin(phaseSince);
                pacePaused = false;
                elsewhereHeard = false;
                elsewhere = server.elsewhere().open(ctx, start, again -> elsewhereAnswered(ctx, again));
            }
            case Responded(String name, IngestResponse answer) -> {
                route = name;
                answerEarly(ctx, start, answer);
            }
            case Receiving(String name, long limit, UnaryOperator<IngestResponse> form, BodyHandler handler) -> {
                route = name;
                errorFormat = form;
                bodyHandler = handler;
                receive(ctx, start, handler, limit);
            }
        }
    }

    private void receive(ChannelHandlerContext ctx, HttpRequest start, BodyHandler handler, long maxBytes) {
        long declared = HttpUtil.getContentLength(start, -1L);
        if (declared > maxBytes) {
            IngestResponse answer = IngestResponse.tooLarge(maxBytes);
            handler.rejected(answer);
            answerEarly(ctx, start, errorFormat.apply(answer));
            return;
        }
        limit = maxBytes;
        boolean hasBody = declared > 0 || (declared < 0 && HttpUtil.isTransferEncodingChunked(start));
        var incoming = new IncomingBody(
                server.bytesInFlight().lease(), maxBytes, declared, HttpUtil.is100ContinueExpected(start));
        body = incoming;
        enter(Phase.RECEIVING);
        pace.begin(phaseSince);
        grow(ctx, incoming, hasBody ? incoming.firstCapacity() : 0);
    }

    /** Makes room for a body of {@code capacity} bytes, now or as soon as there is some. */
    private boolean grow(ChannelHandlerContext ctx, IncomingBody incoming, int capacity) {
        if (incoming.growTo(capacity)) {
            invite(ctx, incoming);
            return true;
        }
        enter(Phase.AWAITING_ROOM);
        pace.pause(phaseSince);
        ctx.channel().config().setAutoRead(false);
        incoming.awaitRoom(capacity, () -> ctx.executor().execute(() -> roomCame(ctx, incoming, capacity)));
        return false;
    }

    private void roomCame(ChannelHandlerContext ctx, IncomingBody incoming, int capacity) {
        // Of who has just left, the channel is closed before it is said so.
        if (phase == Phase.AWAITING_ROOM && body == incoming && ctx.channel().isActive()) {
            enter(Phase.RECEIVING);
            pace.resume(phaseSince);
            incoming.roomCame(capacity);
            invite(ctx, incoming);
            drain(ctx);
        } else {
            incoming.close();
        }
    }

    private static void invite(ChannelHandlerContext ctx, IncomingBody incoming) {
        if (incoming.awaitsContinue()) {
            var _ = ctx.writeAndFlush(HttpResponses.goOn(), ctx.voidPromise());
        }
    }

    private void content(ChannelHandlerContext ctx, HttpContent content) {
        switch (phase) {
            case RECEIVING -> append(ctx, content);
            case DISCARDING, LEAVING -> discard(ctx, content);
            case ELSEWHERE -> handOn(ctx, content);
            case AWAITING_ROOM, ANSWERING -> postpone(ctx, content);
            case IDLE, CLOSED -> content.release();
        }
    }

    private void handOn(ChannelHandlerContext ctx, HttpContent content) {
        FallbackHandler.Exchange exchange = elsewhere;
        if (exchange == null) {
            content.release();
        } else if (content.decoderResult().isFailure()) {
            // A broken chunk has the type of a last one, and must not be taken for it.
            content.release();
            abandonFallback(ctx);
        } else {
            elsewhereHeard |= content instanceof LastHttpContent;
            pace.came(content.content().readableBytes(), lastBytesAt);
            exchange.content(content);
        }
    }

    private void append(ChannelHandlerContext ctx, HttpContent content) {
        IncomingBody incoming = body;
        boolean last = content instanceof LastHttpContent;
        int count = content.content().readableBytes();
        if (incoming == null) {
            content.release();
        } else if (content.decoderResult().isFailure()) {
            content.release();
            refuse(
                    ctx,
                    IngestResponse.rejected(
                            400, RejectionReason.NO_DATA, "the request body could not be read", "broken chunk"),
                    false);
        } else if (incoming.isTooLargeWith(count)) {
            content.release();
            refuse(ctx, IngestResponse.tooLarge(limit), last);
        } else if (incoming.hasRoomFor(count)) {
            append(ctx, incoming, content);
        } else {
            IngestResponse rejection = bodyHandler == null ? null : bodyHandler.inspect(incoming::beginning);
            if (rejection != null) {
                content.release();
                refuse(ctx, rejection, last);
            } else if (grow(ctx, incoming, incoming.nextCapacity(count))) {
                append(ctx, incoming, content);
            } else {
                pending.putBack(content);
            }
        }
    }

    private void append(ChannelHandlerContext ctx, IncomingBody incoming, HttpContent content) {
        int count = content.content().readableBytes();
        incoming.append(content.content());
        boolean last = content instanceof LastHttpContent;
        content.release();
        bodyBytes += count;
        pace.came(count, lastBytesAt);
        if (last) {
            complete(ctx, incoming);
        }
    }

    private void complete(ChannelHandlerContext ctx, IncomingBody incoming) {
        byte[] bytes = incoming.handOver();
        enter(Phase.ANSWERING);
        CompletableFuture<IngestResponse> answer = taken(bytes);
        if (answer.isDone()) {
            answered(ctx, incoming, answer.join());
        } else {
            var _ = answer.whenComplete((a, failure) ->
                    ctx.executor().execute(() -> answered(ctx, incoming, failure == null ? a : broken(failure))));
        }
    }

    /** Never throws and has no exceptional future: a fault of ours must not leave a sender without an answer. */
    private CompletableFuture<IngestResponse> taken(byte[] bytes) {
        try {
            BodyHandler handler = bodyHandler;
            return handler == null
                    ? CompletableFuture.completedFuture(IngestResponse.unavailable("nobody takes it"))
                    : handler.accept(bytes).exceptionally(this::broken);
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.completedFuture(broken(e));
        }
    }

    private IngestResponse broken(Throwable failure) {
        server.observer().failed(route, failure);
        return errorFormat.apply(
                IngestResponse.rejected(500, RejectionReason.INTERNAL, "an error of the gateway; it is in its log"));
    }

    private void answered(ChannelHandlerContext ctx, IncomingBody incoming, IngestResponse answer) {
        incoming.close();
        body = null;
        if (phase == Phase.ANSWERING) {
            write(ctx, answer);
            finish(ctx);
            drain(ctx);
        } else {
            // The sender has left; what it sent is kept all the same.
            observed(answer);
        }
    }

    /** Answers before the body has arrived. A short one is read over; behind any other the connection ends. */
    private void answerEarly(ChannelHandlerContext ctx, HttpRequest start, IngestResponse answer) {
        long declared = HttpUtil.getContentLength(start, -1L);
        boolean chunked = HttpUtil.isTransferEncodingChunked(start);
        boolean asks = HttpUtil.is100ContinueExpected(start);
        // Who asks need not send the body now, and what comes next could not be told from one.
        if (chunked || declared > MAX_OVERREAD || asks) {
            keepAlive = false;
        }
        write(ctx, answer);
        boolean hasBody = chunked || declared > 0;
        if (!keepAlive && hasBody) {
            leave(ctx);
        } else {
            enter(Phase.DISCARDING);
        }
    }

    /** Refuses in the midst of a body. */
    private void refuse(ChannelHandlerContext ctx, IngestResponse answer, boolean bodyIsOver) {
        refund();
        if (bodyHandler != null) {
            bodyHandler.rejected(answer);
        }
        keepAlive &= bodyIsOver;
        write(ctx, errorFormat.apply(answer));
        if (bodyIsOver) {
            finish(ctx);
        } else {
            leave(ctx);
        }
    }

    private void refuseBroken(ChannelHandlerContext ctx, Throwable cause) {
        keepAlive = false;
        IngestResponse answer = switch (cause) {
            case TooLongHttpLineException _ ->
                IngestResponse.rejected(414, RejectionReason.URI, "the address is too long");
            case TooLongHttpHeaderException _ ->
                IngestResponse.rejected(431, RejectionReason.HEADERS, "the headers are too long");
            default -> IngestResponse.rejected(400, RejectionReason.HTTP, "not a valid HTTP request");
        };
        write(ctx, answer);
        leave(ctx);
    }

    /**
     * RFC 9112, sections 6.1 and 6.3: where a body ends must be beyond doubt, or what follows it could be taken for a request
     * by one server and not by another.
     */
    private static boolean isFramingUnclear(HttpRequest start) {
        List<String> codings = start.headers().getAll(TRANSFER_ENCODING);
        return !codings.isEmpty()
                && (start.protocolVersion().equals(HttpVersion.HTTP_1_0)
                        || codings.size() > 1
                        || !codings.getFirst().strip().equalsIgnoreCase("chunked"));
    }

    private void discard(ChannelHandlerContext ctx, HttpContent content) {
        bodyBytes += content.content().readableBytes();
        boolean last = content instanceof LastHttpContent;
        content.release();
        if (phase == Phase.DISCARDING && last) {
            finish(ctx);
        } else if (bodyBytes > MAX_READ_OVER) {
            close(ctx);
        }
    }

    /** Whatever comes behind the last answer is no request any more. */
    private void readOver(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpContent content) {
            discard(ctx, content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void write(ChannelHandlerContext ctx, IngestResponse answer) {
        boolean again = keepAlive && !server.isStopping() && moreMayCome();
        keepAlive = again;
        var _ = ctx.writeAndFlush(HttpResponses.response(answer, again, oldProtocol), ctx.voidPromise());
        observed(answer);
    }

    private void observed(IngestResponse answer) {
        IngestRequest current = request;
        if (current != null) {
            server.observer().answered(route, current, answer, bodyBytes, System.nanoTime() - startedAt);
        }
    }

    private void elsewhereAnswered(ChannelHandlerContext ctx, boolean again) {
        if (phase == Phase.ELSEWHERE) {
            keepAlive &= again && elsewhereHeard;
            if (elsewhereHeard) {
                finish(ctx);
                drain(ctx);
            } else {
                leave(ctx);
            }
        }
    }

    /** The request is over: the next one, or the end. */
    private void finish(ChannelHandlerContext ctx) {
        bodyHandler = null;
        elsewhere = null;
        request = null;
        if (keepAlive && moreMayCome()) {
            enter(Phase.IDLE);
        } else {
            close(ctx);
        }
    }

    /** Whoever has closed its side may still have requests here that wait for their turn. */
    private boolean moreMayCome() {
        return !inputOver || !pending.isEmpty();
    }

    /**
     * Says nothing more, and hears its sender out for a while: a connection that is closed while something of it is unread is
     * reset, and the answer could be lost with it.
     */
    private void leave(ChannelHandlerContext ctx) {
        if (inputOver || !ctx.channel().isActive()) {
            close(ctx);
            return;
        }
        enter(Phase.LEAVING);
        refund();
        pending.release();
        bodyHandler = null;
        elsewhere = null;
        request = null;
        var _ = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess() && ctx.channel() instanceof DuplexChannel channel) {
                var _ = channel.shutdownOutput();
            }
        });
        ctx.channel().config().setAutoRead(true);
    }

    /** Closes once everything written is on its way. */
    private void close(ChannelHandlerContext ctx) {
        enter(Phase.CLOSED);
        refund();
        pending.release();
        var _ = ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            inputEnded(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    /** The sender has said all it will say; it may still listen. */
    private void inputEnded(ChannelHandlerContext ctx) {
        inputOver = true;
        switch (phase) {
            case RECEIVING -> {
                server.observer().abandoned(route);
                refuse(
                        ctx,
                        IngestResponse.rejected(
                                400, RejectionReason.NO_DATA, "the request body could not be read", "it breaks off"),
                        true);
            }
            case IDLE -> {
                if (pending.isEmpty()) {
                    close(ctx);
                }
            }
            case DISCARDING, LEAVING -> close(ctx);
            case ELSEWHERE -> {
                if (!elsewhereHeard) {
                    abandonFallback(ctx);
                }
            }
            case ANSWERING, AWAITING_ROOM, CLOSED -> {}
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        unreadSince = ctx.channel().isWritable() ? 0 : System.nanoTime();
        FallbackHandler.Exchange exchange = elsewhere;
        if (exchange != null) {
            exchange.writabilityChanged();
        }
        if (ctx.channel().isWritable()) {
            // Not at once: it may be in the midst of an answer that there is room for the next.
            ctx.executor().execute(() -> drain(ctx));
        } else if (phase != Phase.LEAVING && (exchange == null || elsewhereHeard)) {
            ctx.channel().config().setAutoRead(false);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        FallbackHandler.Exchange exchange = elsewhere;
        if (exchange != null) {
            elsewhere = null;
            exchange.abandoned();
        }
        if (phase == Phase.RECEIVING || phase == Phase.AWAITING_ROOM) {
            server.observer().abandoned(route);
        }
        // What is being kept holds its share until it is.
        if (phase != Phase.ANSWERING) {
            refund();
        }
        phase = Phase.CLOSED;
        pending.release();
        server.disconnected(this, ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A connection that breaks is the network's business, anything else is ours.
        if (!(cause instanceof IOException)) {
            server.observer().failed(route, cause);
        }
        var _ = ctx.close();
    }

    /** Ends what takes too long. */
    void tick(long now) {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            return;
        }
        HttpSettings settings = server.settings();
        switch (phase) {
            case IDLE -> {
                if (!pending.isEmpty()) {
                    // Its answers are not being read.
                    if (now - phaseSince > settings.bodyIdleTimeout().toNanos()) {
                        var _ = ctx.close();
                    }
                } else if (headersSince != 0) {
                    if (now - headersSince > settings.headerTimeout().toNanos()) {
                        keepAlive = false;
                        route = "none";
                        request = new IncompleteRequest(peerAddress);
                        startedAt = headersSince;
                        bodyBytes = 0;
                        server.observer().abandoned(route);
                        write(ctx, IngestResponse.rejected(408, RejectionReason.TIMEOUT, "the headers took too long"));
                        leave(ctx);
                    }
                } else if (now - phaseSince > settings.keepAliveTimeout().toNanos()) {
                    close(ctx);
                }
            }
            case RECEIVING -> {
                if (pace.isTooSlow(now)) {
                    refuse(ctx, IngestResponse.rejected(408, RejectionReason.TIMEOUT, "the body took too long"), false);
                } else if (hindersOthers(now)) {
                    refuse(ctx, IngestResponse.unavailable("the body comes slowly, and its room is needed"), false);
                }
            }
            case AWAITING_ROOM -> {
                if (now - phaseSince > settings.roomTimeout().toNanos()) {
                    refuse(ctx, IngestResponse.unavailable("too many bytes are under way"), false);
                }
            }
            case DISCARDING -> {
                if (now - phaseSince > READ_OVER_NANOS) {
                    close(ctx);
                }
            }
            case ELSEWHERE -> {
                if (unreadSince != 0
                        && now - unreadSince > settings.bodyIdleTimeout().toNanos()) {
                    var _ = ctx.close();
                } else if (!elsewhereHeard && comesTooSlowly(ctx, now)) {
                    abandonFallback(ctx);
                }
            }
            case LEAVING -> {
                if (now - phaseSince > READ_OVER_NANOS) {
                    var _ = ctx.close();
                }
            }
            case CLOSED -> {
                // The last answer is not being read.
                if (now - phaseSince > settings.bodyIdleTimeout().toNanos()) {
                    var _ = ctx.close();
                }
            }
            case ANSWERING -> {}
        }
    }

    /** Whether a body for somebody else does. Whoever is not read from cannot be too slow. */
    private boolean comesTooSlowly(ChannelHandlerContext ctx, long now) {
        boolean isRead = ctx.channel().config().isAutoRead();
        if (isRead && pacePaused) {
            pace.resume(now);
        } else if (!isRead && !pacePaused) {
            pace.pause(now);
        }
        pacePaused = !isRead;
        return isRead && pace.isTooSlow(now);
    }

    private boolean hindersOthers(long now) {
        IncomingBody incoming = body;
        return incoming != null
                && pace.hindersOthers(incoming.held(), now)
                && server.bytesInFlight().isContended();
    }

    /** Ends a request for somebody else that will not become whole. */
    private void abandonFallback(ChannelHandlerContext ctx) {
        FallbackHandler.Exchange exchange = elsewhere;
        elsewhere = null;
        if (exchange != null) {
            exchange.abandoned();
        }
        server.observer().abandoned(route);
        close(ctx);
    }

    /**
     * Ends the connection at a stop if nothing has come for a moment of it, so that no request is cut off. Who sends now and
     * then gets that moment to send once more, and to be told with the answer that it is the last.
     */
    void closeIfQuiet(long now, long quietNanos) {
        ChannelHandlerContext ctx = context;
        if (ctx != null
                && phase == Phase.IDLE
                && headersSince == 0
                && pending.isEmpty()
                && now - phaseSince > quietNanos
                && now - server.stoppingSince() > quietNanos
                && !LinuxSockets.hasUnread(ctx.channel())) {
            close(ctx);
        }
    }

    private void enter(Phase next) {
        phase = next;
        phaseSince = System.nanoTime();
        lastBytesAt = phaseSince;
    }

    private void refund() {
        IncomingBody incoming = body;
        if (incoming != null) {
            body = null;
            incoming.close();
        }
    }
}
