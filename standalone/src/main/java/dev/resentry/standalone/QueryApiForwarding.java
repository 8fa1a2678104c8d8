package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.gateway.http.FallbackHandler;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the requests that are nothing to ingest to the query API, which listens in the same process on a port that only this
 * machine reaches: the part of the proxy that a cluster has in front. Bodies and answers pass through in pieces, as fast as
 * the slower side takes them. What only reads is asked on a connection that answered before, if one waits.
 */
final class QueryApiForwarding implements FallbackHandler {
    /** As many as the API works on at once, streams of events apart; each of them has a connection of its own to it. */
    private static final int MAX_REQUESTS = 200;
    /** What is kept of a request until there is somebody to hand it to. */
    private static final int MAX_WAITING = 64 * 1024;

    private final ApiConnections connections;
    private final Semaphore places;

    /** @param port where the query API listens, asked for each request; 0 while it does not yet */
    QueryApiForwarding(IntSupplier port) {
        this(port, MAX_REQUESTS);
    }

    /** @param maxRequests how many may be under way; more are told to come again */
    QueryApiForwarding(IntSupplier port, int maxRequests) {
        this.connections = new ApiConnections(port);
        this.places = new Semaphore(maxRequests);
    }

    @Override
    public Exchange open(ChannelHandlerContext connection, HttpRequest request, Done done) {
        if (!connections.isListening()) {
            return refused(connection, request, done, "the API is starting; try again");
        }
        if (!places.tryAcquire()) {
            return refused(connection, request, done, "too many requests are under way; try again");
        }
        var forwarded = new Forwarded(connections, connection, request, done, places::release);
        forwarded.start();
        return forwarded;
    }

    private Exchange refused(ChannelHandlerContext connection, HttpRequest request, Done done, String message) {
        var refused = new Forwarded(connections, connection, request, done, () -> {});
        // Whoever is told has to know first that there is somebody who tells.
        connection.executor().execute(() -> refused.refuse(message));
        return refused;
    }

    /** One request and its answer. All of it runs on the event loop of the sender's connection. */
    private static final class Forwarded extends ChannelInboundHandlerAdapter implements Exchange {
        private final ApiConnections connections;
        private final ChannelHandlerContext client;
        private final Done done;
        private final HttpRequest request;
        /** Whether it may be sent twice: it changes nothing, and has no body that would have to be kept for that. */
        private final boolean repeatable;

        private final boolean oldProtocol;
        private final Queue<HttpContent> waiting = new ArrayDeque<>();
        private boolean keepAlive;
        private boolean requestComplete;
        private boolean answerBegun;
        /** Whether what comes is the end of an interim answer, behind which the true one follows. */
        private boolean interim;

        private int waitingBytes;
        private boolean over;
        private boolean hasPlace = true;
        /** Whether the connection waited before, and so may have been closed by the API as the request was on its way. */
        private boolean usedBefore;

        private boolean reusable;
        private final Runnable leaving;
        private @Nullable Channel backend;

        /** @param leaving called once, when it is over or takes no work any more */
        Forwarded(
                ApiConnections connections,
                ChannelHandlerContext client,
                HttpRequest request,
                Done done,
                Runnable leaving) {
            this.connections = connections;
            this.client = client;
            this.done = done;
            this.leaving = leaving;
            this.keepAlive = HttpUtil.isKeepAlive(request);
            this.oldProtocol = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
            this.repeatable = isRepeatable(request);
            this.request = forwardable(request);
        }

        private static boolean isRepeatable(HttpRequest request) {
            return (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD))
                    && !HttpUtil.isTransferEncodingChunked(request)
                    && HttpUtil.getContentLength(request, 0L) == 0;
        }

        private HttpRequest forwardable(HttpRequest original) {
            HttpHeaders headers = ForwardedHeaders.of(original, client.channel().remoteAddress());
            if (!repeatable) {
                headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
            return new DefaultHttpRequest(HttpVersion.HTTP_1_1, original.method(), original.uri(), headers);
        }

        /** Only what may be sent twice goes to a connection that the API may be about to close. */
        void start() {
            Channel waited = repeatable ? connections.take(client.channel().eventLoop(), this) : null;
            if (waited == null) {
                connect();
            } else {
                usedBefore = true;
                backend = waited;
                send(request);
            }
        }

        private void connect() {
            boolean epoll = client.channel() instanceof EpollSocketChannel;
            var _ = connections.connect(client.channel().eventLoop(), epoll).addListener((ChannelFutureListener)
                    this::connected);
        }

        private void connected(ChannelFuture connecting) {
            if (over) {
                var _ = connecting.channel().close();
                return;
            }
            if (!connecting.isSuccess()) {
                fail();
                return;
            }
            ApiConnections.give(connecting.channel(), this);
            backend = connecting.channel();
            send(request);
            for (HttpContent content = waiting.poll(); content != null; content = waiting.poll()) {
                send(content);
            }
        }

        private void send(Object message) {
            if (backend == null) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (repeatable && message instanceof HttpRequest) {
                // Its end follows at once, and both are one packet.
                var _ = backend.write(message, backend.voidPromise());
            } else {
                var _ = backend.writeAndFlush(message, backend.voidPromise());
            }
            readFromClient();
        }

        /** As fast as the backend takes it. What comes behind the request is not ours to hold up, nor to let through. */
        private void readFromClient() {
            if (backend != null && !requestComplete && client.channel().isActive()) {
                client.channel().config().setAutoRead(backend.isWritable());
            }
        }

        /** It goes to a second connection if the first one was closed before it was asked. */
        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void content(HttpContent content) {
            requestComplete |= content instanceof LastHttpContent;
            if (over) {
                content.release();
            } else if (backend == null) {
                waiting.add(content);
                waitingBytes += content.content().readableBytes();
                if (waitingBytes > MAX_WAITING && !requestComplete) {
                    client.channel().config().setAutoRead(false);
                }
            } else {
                send(content);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (over) {
                ReferenceCountUtil.release(message);
                return;
            }
            if (message instanceof HttpResponse response) {
                interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
                if (!interim) {
                    begin(response);
                }
            }
            boolean last = message instanceof LastHttpContent && !interim;
            var _ = client.write(message, client.voidPromise());
            ctx.channel().config().setAutoRead(client.channel().isWritable());
            if (last) {
                client.flush();
                end(ctx);
            }
        }

        /** What came in one piece goes in one piece. */
        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (!over) {
                client.flush();
            }
        }

        private void givePlaceUp() {
            if (hasPlace) {
                hasPlace = false;
                leaving.run();
            }
        }

        private void begin(HttpResponse response) {
            answerBegun = true;
            String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE);
            if (type != null && type.startsWith(HttpHeaderValues.TEXT_EVENT_STREAM.toString())) {
                // It may last for long, and is no work for the API meanwhile.
                givePlaceUp();
            }
            boolean endShows = HttpUtil.isContentLengthSet(response)
                    || HttpUtil.isTransferEncodingChunked(response)
                    || response.status().codeAsText().contentEquals("204")
                    || response.status().codeAsText().contentEquals("304");
            reusable = repeatable && endShows && HttpUtil.isKeepAlive(response);
            ForwardedHeaders.removeOfOneConnection(response.headers());
            if (oldProtocol) {
                response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
            }
            keepAlive &= !oldProtocol && requestComplete && endShows;
            if (!keepAlive) {
                response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            }
        }

        private void end(ChannelHandlerContext ctx) {
            leave();
            if (reusable && requestComplete) {
                connections.giveBack(ctx.channel(), this);
            } else {
                var _ = ctx.close();
            }
            done.answered(keepAlive);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (usedBefore && !answerBegun && !over) {
                usedBefore = false;
                backend = null;
                if (requestComplete) {
                    waiting.add(LastHttpContent.EMPTY_LAST_CONTENT);
                }
                connect();
            } else {
                fail();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // What is broken is said to the client as the connection closes.
            var _ = ctx.close();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (!over) {
                readFromClient();
            }
            ctx.fireChannelWritabilityChanged();
        }

        @Override
        public void writabilityChanged() {
            if (backend != null && !over) {
                backend.config().setAutoRead(client.channel().isWritable());
            }
        }

        @Override
        public void abandoned() {
            leave();
            if (backend != null) {
                var _ = backend.close();
            }
        }

        private void leave() {
            over = true;
            givePlaceUp();
            waiting.forEach(ReferenceCountUtil::release);
            waiting.clear();
        }

        private void fail() {
            if (over) {
                return;
            }
            leave();
            if (answerBegun) {
                // Half an answer must not look like a whole one.
                var _ = client.close();
            } else {
                answer(HttpResponseStatus.BAD_GATEWAY, "the API does not answer");
            }
        }

        private void refuse(String message) {
            if (!over) {
                leave();
                answer(HttpResponseStatus.SERVICE_UNAVAILABLE, message);
            }
        }

        private void answer(HttpResponseStatus status, String message) {
            byte[] body = "{\"error\":\"unavailable\",\"message\":\"%s\",\"status_code\":%d,\"details\":{}}"
                    .formatted(message, status.code())
                    .getBytes(UTF_8);
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
                response.headers().setInt(HttpHeaderNames.RETRY_AFTER, 1);
            }
            var _ = client.writeAndFlush(response, client.voidPromise());
            done.answered(false);
        }
    }
}
