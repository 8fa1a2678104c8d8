package dev.resentry.gateway.http;

import dev.resentry.gateway.endpoint.IngestResponse;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** Answers as HTTP writes them, with what every answer has (ingest protocol, sections 1.2 and 1.5). */
final class HttpResponses {
    private static final AsciiString SERVER_NAME = AsciiString.cached("resentry");
    private static final AsciiString SERVER = AsciiString.cached("Server");
    private static final AsciiString CONTENT_TYPE = AsciiString.cached("Content-Type");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    private static final AsciiString CONNECTION = AsciiString.cached("Connection");
    private static final AsciiString CLOSE = AsciiString.cached("close");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString ALLOW_ORIGIN = AsciiString.cached("Access-Control-Allow-Origin");
    private static final AsciiString ANY = AsciiString.cached("*");
    private static final AsciiString EXPOSE_HEADERS = AsciiString.cached("Access-Control-Expose-Headers");
    private static final AsciiString EXPOSED = AsciiString.cached("x-sentry-error, x-sentry-rate-limits, retry-after");
    private static final AsciiString RESOURCE_POLICY = AsciiString.cached("Cross-Origin-Resource-Policy");
    private static final AsciiString CROSS_ORIGIN = AsciiString.cached("cross-origin");

    private HttpResponses() {}

    /**
     * An answer as a response.
     *
     * @param again whether the connection serves another request
     * @param oldProtocol whether its sender takes a connection for closed unless it is told otherwise
     */
    static FullHttpResponse response(IngestResponse answer, boolean again, boolean oldProtocol) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                Unpooled.wrappedBuffer(answer.body()));
        HttpHeaders headers = response.headers();
        if (answer.contentType() != null) {
            headers.set(CONTENT_TYPE, answer.contentType());
        }
        headers.setInt(CONTENT_LENGTH, answer.body().length);
        headers.set(SERVER, SERVER_NAME);
        headers.set(ALLOW_ORIGIN, ANY);
        headers.set(EXPOSE_HEADERS, EXPOSED);
        headers.set(RESOURCE_POLICY, CROSS_ORIGIN);
        for (int i = 0; i < answer.headers().size(); i += 2) {
            headers.set(answer.headers().get(i), answer.headers().get(i + 1));
        }
        if (!again) {
            headers.set(CONNECTION, CLOSE);
        } else if (oldProtocol) {
            headers.set(CONNECTION, KEEP_ALIVE);
        }
        return response;
    }

    /** The word to go on, for whoever asks before it sends. */
    static FullHttpResponse continueResponse() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }
}
