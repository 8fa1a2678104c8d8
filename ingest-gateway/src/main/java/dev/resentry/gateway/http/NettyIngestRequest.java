package dev.resentry.gateway.http;

import dev.resentry.gateway.endpoint.IngestRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request as Netty decodes it. */
final class NettyIngestRequest implements IngestRequest {
    private static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");

    private final HttpRequest request;
    private final @Nullable String peerAddress;
    private final @Nullable TrustedProxies proxies;
    private final String path;
    private final @Nullable String query;

    /** @param proxies with whom the peer belongs; null if it is not believed */
    NettyIngestRequest(HttpRequest request, @Nullable String peerAddress, @Nullable TrustedProxies proxies) {
        this.request = request;
        this.peerAddress = peerAddress;
        this.proxies = proxies;
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
    public @Nullable String clientAddress() {
        if (proxies == null || peerAddress == null) {
            return peerAddress;
        }
        List<String> forwarded = request.headers().getAll(FORWARDED_FOR);
        return forwarded.isEmpty() ? peerAddress : proxies.origin(peerAddress, forwarded);
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
