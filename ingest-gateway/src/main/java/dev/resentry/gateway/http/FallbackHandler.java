package dev.resentry.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;

/** Handles requests to paths that are no ingest routes. Called by the connection's event loop. */
public interface FallbackHandler {

    /**
     * A request begins; its content follows.
     *
     * @param done to be told, on the connection's event loop, that the answer is written
     */
    Exchange open(ChannelHandlerContext connection, HttpRequest request, Done done);

    /** One request and its answer. */
    interface Exchange {

        /** A piece of the body, the last one included; handed over, to be released. */
        void content(HttpContent content);

        /** The connection can take more of the answer, or cannot for now. */
        default void writabilityChanged() {}

        /** The connection is gone. */
        void abandoned();
    }

    /** Receives the end of an exchange. */
    @FunctionalInterface
    interface Done {

        /**
         * The answer is written.
         *
         * @param keepAlive whether the connection can serve another request
         */
        void answered(boolean keepAlive);
    }
}
