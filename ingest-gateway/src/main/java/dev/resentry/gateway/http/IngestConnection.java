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
 * One connection. Serves its requests one after the other, each with a body that is bounded in size, memory and time. Runs on the
 * connection's event loop. Messages of pipelined requests are queued up to a bound.
 */
final class IngestConnection extends ChannelInboundHandlerAdapter {
    private static final AsciiString EXPECT = AsciiString.cached("Expect");
    private static final AsciiString TRANSFER_ENCODING = AsciiString.cached("Transfer-Encoding");

    /** A discarded body that is longer ends the connection; reading a shorter one is cheaper than a new connection. */
    private static final long MAX_DISCARDED_BODY = 256L * 1024;
    /** How much is discarded before the connection is closed: senders that still write would lose the answer. */
    private static final long MAX_DISCARDED = 32L * 1024 * 1024;

    private static final long DISCARD_NANOS = 5_000_000_000L;

    private enum Phase {
        IDLE,
        RECEIVING,
        AWAITING_ROOM,
        ANSWERING,
        DISCARDING,
        FALLBACK,
        /** The last answer is written; further input is discarded until the sender closes. */
        LINGERING,
        CLOSED
    }

    private final GatewayServer server;
    private final PendingMessages pending = new PendingMessages();
    private final BodyRateMonitor bodyRate;
    private boolean draining;
    private @Nullable ChannelHandlerContext context;
    private @Nullable String peerAddress;
    /** Null if the peer is no trusted proxy. */
    private @Nullable TrustedProxies proxies;

    private Phase phase = Phase.IDLE;
    private long phaseSince = System.nanoTime();
    /** When the first byte of a request whose headers are not complete yet arrived; 0 if there is none. */
    private long headersSince;

    private long lastBytesAt = phaseSince;

    private boolean keepAlive;
    private boolean inputClosed;
    private boolean http10;
    private String route = "";
    private @Nullable IngestRequest request;
    private long startedAt;
    private long bodyBytes;
    /** The most bytes that its body may have. */
    private long limit;

    private @Nullable IncomingBody body;
    private @Nullable BodyHandler bodyHandler;
    /** Writes a rejection in the format of the route. */
    private UnaryOperator<IngestResponse> errorFormat = UnaryOperator.identity();

    /** Whether the rate monitor is paused because nothing is read. */
    private boolean bodyRatePaused;
    /** Since when the outbound buffer has been full; 0 if it is not. */
    private long unwritableSince;

    private FallbackHandler.@Nullable Exchange fallback;
    /** Whether the whole request has been forwarded. */
    private boolean fallbackComplete;

    IngestConnection(GatewayServer server) {
        this.server = server;
        HttpSettings settings = server.settings();
        this.bodyRate = new BodyRateMonitor(
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

    /** Called before the bytes are decoded. */
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
        } else if (phase == Phase.LINGERING) {
            discardInput(ctx, message);
        } else if (isBusy(ctx) || !pending.isEmpty()) {
            postpone(ctx, message);
        } else {
            handle(ctx, message);
        }
    }

    /** Whether new messages have to be queued. */
    private boolean isBusy(ChannelHandlerContext ctx) {
        return switch (phase) {
            case ANSWERING, AWAITING_ROOM -> true;
            case FALLBACK -> fallbackComplete;
            // While the sender does not read its responses, no more of them are produced.
            case IDLE -> !ctx.channel().isWritable();
            case RECEIVING, DISCARDING, LINGERING, CLOSED -> false;
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
            while (phase != Phase.CLOSED && phase != Phase.LINGERING && !isBusy(ctx)) {
                Object next = pending.poll();
                if (next == null) {
                    if (inputClosed) {
                        inputEnded(ctx);
                    }
                    break;
                }
                handle(ctx, next);
            }
            resumeReading(ctx);
        } finally {
            draining = false;
        }
    }

    /** Reads from the socket again, unless the queue or the outbound buffer is full or the fallback controls reading. */
    private void resumeReading(ChannelHandlerContext ctx) {
        boolean reads = phase != Phase.AWAITING_ROOM
                && ctx.channel().isActive()
                && !pending.isFull()
                && ctx.channel().isWritable()
                && (fallback == null || fallbackComplete);
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
        http10 = start.protocolVersion().equals(HttpVersion.HTTP_1_0);
        if (start.decoderResult().isFailure()) {
            rejectMalformed(ctx, start.decoderResult().cause());
            return;
        }
        if (start.protocolVersion().majorVersion() != 1) {
            keepAlive = false;
            write(ctx, IngestResponse.rejected(505, RejectionReason.HTTP, "HTTP/1.1 is spoken here"));
            closeOutput(ctx);
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
            closeOutput(ctx);
            return;
        }
        if (!http10 && start.headers().contains(EXPECT) && !HttpUtil.is100ContinueExpected(start)) {
            answerEarly(
                    ctx,
                    start,
                    IngestResponse.rejected(417, RejectionReason.EXPECTATION, "only 100-continue can be expected"));
            return;
        }
        switch (server.admission().open(read)) {
            case NotIngest _ -> {
                enter(Phase.FALLBACK);
                bodyRate.begin(phaseSince);
                bodyRatePaused = false;
                fallbackComplete = false;
                fallback = server.fallback().open(ctx, start, again -> fallbackAnswered(ctx, again));
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
        bodyRate.begin(phaseSince);
        reserve(ctx, incoming, hasBody ? incoming.firstCapacity() : 0);
    }

    /** Reserves memory for a body of {@code capacity} bytes, now or once it is free; false if the body has to wait. */
    private boolean reserve(ChannelHandlerContext ctx, IncomingBody incoming, int capacity) {
        if (incoming.growTo(capacity)) {
            sendContinue(ctx, incoming);
            return true;
        }
        enter(Phase.AWAITING_ROOM);
        bodyRate.pause(phaseSince);
        ctx.channel().config().setAutoRead(false);
        incoming.awaitRoom(capacity, () -> ctx.executor().execute(() -> memoryReserved(ctx, incoming, capacity)));
        return false;
    }

    private void memoryReserved(ChannelHandlerContext ctx, IncomingBody incoming, int capacity) {
        // A channel is closed before channelInactive is called.
        if (phase == Phase.AWAITING_ROOM && body == incoming && ctx.channel().isActive()) {
            enter(Phase.RECEIVING);
            bodyRate.resume(phaseSince);
            incoming.memoryReserved(capacity);
            sendContinue(ctx, incoming);
            drain(ctx);
        } else {
            incoming.close();
        }
    }

    private static void sendContinue(ChannelHandlerContext ctx, IncomingBody incoming) {
        if (incoming.awaitsContinue()) {
            var _ = ctx.writeAndFlush(HttpResponses.continueResponse(), ctx.voidPromise());
        }
    }

    private void content(ChannelHandlerContext ctx, HttpContent content) {
        switch (phase) {
            case RECEIVING -> append(ctx, content);
            case DISCARDING, LINGERING -> discard(ctx, content);
            case FALLBACK -> forward(ctx, content);
            case AWAITING_ROOM, ANSWERING -> postpone(ctx, content);
            case IDLE, CLOSED -> content.release();
        }
    }

    private void forward(ChannelHandlerContext ctx, HttpContent content) {
        FallbackHandler.Exchange exchange = fallback;
        if (exchange == null) {
            content.release();
        } else if (content.decoderResult().isFailure()) {
            // A malformed chunk has the type of a last one but does not end the body.
            content.release();
            abandonFallback(ctx);
        } else {
            fallbackComplete |= content instanceof LastHttpContent;
            bodyRate.received(content.content().readableBytes(), lastBytesAt);
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
            reject(
                    ctx,
                    IngestResponse.rejected(
                            400, RejectionReason.NO_DATA, "the request body could not be read", "broken chunk"),
                    false);
        } else if (incoming.isTooLargeWith(count)) {
            content.release();
            reject(ctx, IngestResponse.tooLarge(limit), last);
        } else if (incoming.hasRoomFor(count)) {
            append(ctx, incoming, content);
        } else {
            IngestResponse rejection = bodyHandler == null ? null : bodyHandler.inspect(incoming::beginning);
            if (rejection != null) {
                content.release();
                reject(ctx, rejection, last);
            } else if (reserve(ctx, incoming, incoming.nextCapacity(count))) {
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
        bodyRate.received(count, lastBytesAt);
        if (last) {
            complete(ctx, incoming);
        }
    }

    private void complete(ChannelHandlerContext ctx, IncomingBody incoming) {
        byte[] bytes = incoming.handOver();
        enter(Phase.ANSWERING);
        CompletableFuture<IngestResponse> answer = acceptBody(bytes);
        if (answer.isDone()) {
            answered(ctx, incoming, answer.join());
        } else {
            var _ = answer.whenComplete((a, failure) -> ctx.executor()
                    .execute(() -> answered(ctx, incoming, failure == null ? a : internalError(failure))));
        }
    }

    /** Never throws, and the future never fails: the sender gets an answer also if the handler has a fault. */
    private CompletableFuture<IngestResponse> acceptBody(byte[] bytes) {
        try {
            BodyHandler handler = bodyHandler;
            return handler == null
                    ? CompletableFuture.completedFuture(IngestResponse.unavailable("nobody takes it"))
                    : handler.accept(bytes).exceptionally(this::internalError);
        } catch (RuntimeException | StackOverflowError e) {
            return CompletableFuture.completedFuture(internalError(e));
        }
    }

    private IngestResponse internalError(Throwable failure) {
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
            // The sender has disconnected; its envelope is kept all the same.
            observed(answer);
        }
    }

    /** Answers before the body has arrived. A short body is discarded; after a longer one the connection is closed. */
    private void answerEarly(ChannelHandlerContext ctx, HttpRequest start, IngestResponse answer) {
        long declared = HttpUtil.getContentLength(start, -1L);
        boolean chunked = HttpUtil.isTransferEncodingChunked(start);
        boolean asks = HttpUtil.is100ContinueExpected(start);
        // After Expect: 100-continue the body may or may not follow, so the next request could not be told from it.
        if (chunked || declared > MAX_DISCARDED_BODY || asks) {
            keepAlive = false;
        }
        write(ctx, answer);
        boolean hasBody = chunked || declared > 0;
        if (!keepAlive && hasBody) {
            closeOutput(ctx);
        } else {
            enter(Phase.DISCARDING);
        }
    }

    /** Rejects a request whose body is being received. */
    private void reject(ChannelHandlerContext ctx, IngestResponse answer, boolean bodyIsOver) {
        releaseBody();
        if (bodyHandler != null) {
            bodyHandler.rejected(answer);
        }
        keepAlive &= bodyIsOver;
        write(ctx, errorFormat.apply(answer));
        if (bodyIsOver) {
            finish(ctx);
        } else {
            closeOutput(ctx);
        }
    }

    private void rejectMalformed(ChannelHandlerContext ctx, Throwable cause) {
        keepAlive = false;
        IngestResponse answer = switch (cause) {
            case TooLongHttpLineException _ ->
                IngestResponse.rejected(414, RejectionReason.URI, "the address is too long");
            case TooLongHttpHeaderException _ ->
                IngestResponse.rejected(431, RejectionReason.HEADERS, "the headers are too long");
            default -> IngestResponse.rejected(400, RejectionReason.HTTP, "not a valid HTTP request");
        };
        write(ctx, answer);
        closeOutput(ctx);
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
        } else if (bodyBytes > MAX_DISCARDED) {
            close(ctx);
        }
    }

    /** Discards what arrives after the last response. */
    private void discardInput(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpContent content) {
            discard(ctx, content);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void write(ChannelHandlerContext ctx, IngestResponse answer) {
        boolean again = keepAlive && !server.isStopping() && mayHaveMoreRequests();
        keepAlive = again;
        var _ = ctx.writeAndFlush(HttpResponses.response(answer, again, http10), ctx.voidPromise());
        observed(answer);
    }

    private void observed(IngestResponse answer) {
        IngestRequest current = request;
        if (current != null) {
            server.observer().answered(route, current, answer, bodyBytes, System.nanoTime() - startedAt);
        }
    }

    private void fallbackAnswered(ChannelHandlerContext ctx, boolean again) {
        if (phase == Phase.FALLBACK) {
            keepAlive &= again && fallbackComplete;
            if (fallbackComplete) {
                finish(ctx);
                drain(ctx);
            } else {
                closeOutput(ctx);
            }
        }
    }

    /** Ends the request: the connection awaits the next one or is closed. */
    private void finish(ChannelHandlerContext ctx) {
        bodyHandler = null;
        fallback = null;
        request = null;
        if (keepAlive && mayHaveMoreRequests()) {
            enter(Phase.IDLE);
        } else {
            close(ctx);
        }
    }

    /** A sender may close its side while requests of it are still queued. */
    private boolean mayHaveMoreRequests() {
        return !inputClosed || !pending.isEmpty();
    }

    /**
     * Closes the connection's output and discards its input for a while: a socket that is closed with unread input is reset,
     * which can destroy the response before the sender has read it.
     */
    private void closeOutput(ChannelHandlerContext ctx) {
        if (inputClosed || !ctx.channel().isActive()) {
            close(ctx);
            return;
        }
        enter(Phase.LINGERING);
        releaseBody();
        pending.release();
        bodyHandler = null;
        fallback = null;
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
        releaseBody();
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

    /** The sender has closed its output; it may still read. */
    private void inputEnded(ChannelHandlerContext ctx) {
        inputClosed = true;
        switch (phase) {
            case RECEIVING -> {
                server.observer().abandoned(route);
                reject(
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
            case DISCARDING, LINGERING -> close(ctx);
            case FALLBACK -> {
                if (!fallbackComplete) {
                    abandonFallback(ctx);
                }
            }
            case ANSWERING, AWAITING_ROOM, CLOSED -> {}
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        unwritableSince = ctx.channel().isWritable() ? 0 : System.nanoTime();
        FallbackHandler.Exchange exchange = fallback;
        if (exchange != null) {
            exchange.writabilityChanged();
        }
        if (ctx.channel().isWritable()) {
            // Deferred, as this may be called while a response is being written.
            ctx.executor().execute(() -> drain(ctx));
        } else if (phase != Phase.LINGERING && (exchange == null || fallbackComplete)) {
            ctx.channel().config().setAutoRead(false);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        FallbackHandler.Exchange exchange = fallback;
        if (exchange != null) {
            fallback = null;
            exchange.abandoned();
        }
        if (phase == Phase.RECEIVING || phase == Phase.AWAITING_ROOM) {
            server.observer().abandoned(route);
        }
        // A body that is being published holds its memory until that is done.
        if (phase != Phase.ANSWERING) {
            releaseBody();
        }
        phase = Phase.CLOSED;
        pending.release();
        server.disconnected(this, ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // An I/O error is the network's; anything else is a fault in this code.
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
                    // The sender does not read its responses.
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
                        closeOutput(ctx);
                    }
                } else if (now - phaseSince > settings.keepAliveTimeout().toNanos()) {
                    close(ctx);
                }
            }
            case RECEIVING -> {
                if (bodyRate.isTooSlow(now)) {
                    reject(ctx, IngestResponse.rejected(408, RejectionReason.TIMEOUT, "the body took too long"), false);
                } else if (hindersOthers(now)) {
                    reject(ctx, IngestResponse.unavailable("the body comes slowly, and its room is needed"), false);
                }
            }
            case AWAITING_ROOM -> {
                if (now - phaseSince > settings.roomTimeout().toNanos()) {
                    reject(ctx, IngestResponse.unavailable("too many bytes are under way"), false);
                }
            }
            case DISCARDING -> {
                if (now - phaseSince > DISCARD_NANOS) {
                    close(ctx);
                }
            }
            case FALLBACK -> {
                if (unwritableSince != 0
                        && now - unwritableSince > settings.bodyIdleTimeout().toNanos()) {
                    var _ = ctx.close();
                } else if (!fallbackComplete && isFallbackBodyTooSlow(ctx, now)) {
                    abandonFallback(ctx);
                }
            }
            case LINGERING -> {
                if (now - phaseSince > DISCARD_NANOS) {
                    var _ = ctx.close();
                }
            }
            case CLOSED -> {
                // The sender does not read the last response.
                if (now - phaseSince > settings.bodyIdleTimeout().toNanos()) {
                    var _ = ctx.close();
                }
            }
            case ANSWERING -> {}
        }
    }

    /** Whether a body for the fallback arrives too slowly. Time in which the connection is not read does not count. */
    private boolean isFallbackBodyTooSlow(ChannelHandlerContext ctx, long now) {
        boolean isRead = ctx.channel().config().isAutoRead();
        if (isRead && bodyRatePaused) {
            bodyRate.resume(now);
        } else if (!isRead && !bodyRatePaused) {
            bodyRate.pause(now);
        }
        bodyRatePaused = !isRead;
        return isRead && bodyRate.isTooSlow(now);
    }

    private boolean hindersOthers(long now) {
        IncomingBody incoming = body;
        return incoming != null
                && bodyRate.hindersOthers(incoming.held(), now)
                && server.bytesInFlight().isContended();
    }

    /** Ends a fallback request that will not be complete. */
    private void abandonFallback(ChannelHandlerContext ctx) {
        FallbackHandler.Exchange exchange = fallback;
        fallback = null;
        if (exchange != null) {
            exchange.abandoned();
        }
        server.observer().abandoned(route);
        close(ctx);
    }

    /**
     * At a stop, closes the connection if it has been idle for {@code quietNanos}, so that no request is cut off. A connection
     * that is used now and then has that time to send once more and to learn from the response that it is the last one.
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

    private void releaseBody() {
        IncomingBody incoming = body;
        if (incoming != null) {
            body = null;
            incoming.close();
        }
    }
}
