package dev.resentry.standalone;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections to the query API, and those among them that wait for another request. Each belongs to one event loop, and is looked at
 * there only. One that waits leaves as soon as the API closes it.
 */
final class ApiConnections {
    private static final int CONNECT_MILLIS = 2_000;

    /** Of each event loop; a page of the web UI asks for half as many things at once. */
    private static final int MOST_WAITING = 16;

    private static final String WAITING = "waiting";

    private final IntSupplier port;
    private final Map<EventLoop, Deque<Channel>> waiting = new ConcurrentHashMap<>();

    /** @param port where the query API listens, asked for each connection; 0 while it does not yet */
    ApiConnections(IntSupplier port) {
        this.port = port;
    }

    boolean isListening() {
        return port.getAsInt() != 0;
    }

    /** One that waits, given to a handler; null if there is none. */
    @Nullable
    Channel take(EventLoop loop, ChannelHandler handler) {
        Deque<Channel> mine = ofLoop(loop);
        for (Channel channel = mine.pollLast(); channel != null; channel = mine.pollLast()) {
            if (channel.isActive()) {
                give(channel, handler);
                return channel;
            }
        }
        return null;
    }

    /** A new one, which is nobody's until it is given to a handler. */
    ChannelFuture connect(EventLoop loop, boolean epoll) {
        return new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec()).addLast(WAITING, new Waiting());
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port.getAsInt());
    }

    static void give(Channel channel, ChannelHandler handler) {
        channel.pipeline().addBefore(WAITING, null, handler);
    }

    /** Takes one back from its handler, behind a whole answer to a whole request. */
    void giveBack(Channel channel, ChannelHandler handler) {
        Deque<Channel> mine = ofLoop(channel.eventLoop());
        if (!channel.isActive() || mine.size() >= MOST_WAITING) {
            var _ = channel.close();
            return;
        }
        channel.pipeline().remove(handler);
        // So that its end is noticed.
        channel.config().setAutoRead(true);
        mine.addLast(channel);
    }

    private Deque<Channel> ofLoop(EventLoop loop) {
        return waiting.computeIfAbsent(loop, _ -> new ArrayDeque<>());
    }

    /** Hears of a connection what no exchange is there to hear. */
    private final class Waiting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            // Nobody asked for it.
            ReferenceCountUtil.release(message);
            var _ = ctx.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ofLoop(ctx.channel().eventLoop()).remove(ctx.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            var _ = ctx.close();
        }
    }
}
