package dev.resentry.gateway.http;

import dev.resentry.gateway.endpoint.IngestRequest;
import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** A request as Netty decodes it. */
final class NettyIngestRequest implements IngestRequest {
    private final HttpRequest request;
    private final @Nullable String peerAddress;
    private final String path;
    private final @Nullable String query;

    NettyIngestRequest(HttpRequest request, @Nullable String peerAddress) {
        this.request = request;
        this.peerAddress = peerAddress;
        String target = pathAndQuery(request.uri());
        int mark = target.indexOf('?');
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        return request.headers().get(name);
    }

    @Override
    public @Nullable String peerAddress() {
        return peerAddress;
    }

    /** RFC 9112, section 3.2.2: a request may name the whole address. Nothing behind a fragment is part of it. */
    private static String pathAndQuery(String uri) {
        String target = uri;
        if (!uri.startsWith("/")) {
            int scheme = uri.indexOf("://");
            int slash = scheme < 0 ? -1 : uri.indexOf('/', scheme + 3);
            target = slash < 0 ? "/" : uri.substring(slash);
        }
        int fragment = target.indexOf('#');
        return fragment < 0 ? target : target.substring(0, fragment);
    }
}
