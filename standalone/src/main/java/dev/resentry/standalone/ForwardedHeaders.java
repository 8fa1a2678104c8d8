package dev.resentry.standalone;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/** The headers of what is handed on, as RFC 9110 wants them of a proxy. */
final class ForwardedHeaders {
    /** RFC 9110, section 7.6.1: these are of one connection only. */
    private static final List<CharSequence> HOP_BY_HOP = List.of(
            HttpHeaderNames.CONNECTION,
            "keep-alive",
            HttpHeaderNames.PROXY_AUTHENTICATE,
            HttpHeaderNames.PROXY_AUTHORIZATION,
            HttpHeaderNames.TE,
            HttpHeaderNames.TRAILER,
            HttpHeaderNames.UPGRADE);

    private ForwardedHeaders() {}

    /** Those of a request, with where it came from. */
    static HttpHeaders of(HttpRequest request, SocketAddress sender) {
        HttpHeaders headers = request.headers().copy();
        removeOfOneConnection(headers);
        if (sender instanceof InetSocketAddress address && address.getAddress() != null) {
            String before = headers.get("X-Forwarded-For");
            String peer = address.getAddress().getHostAddress();
            headers.set("X-Forwarded-For", before == null ? peer : before + ", " + peer);
        }
        if (!headers.contains("X-Forwarded-Proto")) {
            headers.set("X-Forwarded-Proto", "http");
        }
        return headers;
    }

    static void removeOfOneConnection(HttpHeaders headers) {
        HOP_BY_HOP.forEach(headers::remove);
    }
}
