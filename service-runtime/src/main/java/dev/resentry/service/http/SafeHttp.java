package dev.resentry.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP to URLs that people have typed in. A name is looked up once for a request, each address it has is held against the rules, and
 * the connection goes to one of exactly these: a name that has another address a moment later leads nowhere else. Redirects are not
 * followed, answers not unpacked and read only so far, and a request as a whole has its time.
 */
public final class SafeHttp implements AutoCloseable {
    /** What is read of an answer unless its reader says otherwise. */
    public static final int MAX_ANSWER = 64 * 1024;

    private static final int MAX_PORT = 65_535;
    private static final int MAX_URL = 4_000;
    private static final int CONNECTIONS = 256;

    /** Of a name with more addresses, those behind are not tried. */
    private static final int MAX_ADDRESSES = 3;

    /** What some look-ups take for an IPv4 address, and others for another one. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(0[xX][0-9a-fA-F]*|[0-9]+)\\.?");

    private static final Pattern DOTTED = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    private final TargetRules rules;
    private final Limits limits;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;

    /** Looks names up. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /**
     * How long things may take, and how much is read.
     *
     * @param connect a connection
     * @param whole a request with its answer
     * @param answer how many bytes are read of an answer
     */
    public record Limits(Duration connect, Duration whole, int answer) {
        public static final Limits STANDARD = new Limits(Duration.ofSeconds(3), Duration.ofSeconds(10));

        /** Reads {@link #MAX_ANSWER} bytes of an answer. */
        public Limits(Duration connect, Duration whole) {
            this(connect, whole, MAX_ANSWER);
        }
    }

    /**
     * A request. Its {@code Host} and {@code Content-Length} come of the rest.
     *
     * @param body sent in UTF-8; empty for none
     */
    public record Request(String method, URI uri, Map<String, String> headers, String body) {
        public Request {
            headers = new LinkedHashMap<>(headers);
        }
    }

    /**
     * An answer.
     *
     * @param headers by their names in small letters; the first of each name
     * @param body of at most {@link Limits#answer} bytes of it, as they came, taken for UTF-8
     * @param cut whether there were more
     * @param took from the look-up of the name to the end of what was read
     */
    public record Answer(int status, Map<String, String> headers, String body, boolean cut, Duration took) {
        public Answer {
            headers = Map.copyOf(headers);
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }
    }

    public SafeHttp(TargetRules rules, Resolver resolver, Limits limits) {
        this.rules = rules;
        this.limits = limits;
        Timeout whole = Timeout.of(limits.whole());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedResolver(resolver))
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(limits.connect()))
                                .setSocketTimeout(whole)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(whole)
                        .setConnectionRequestTimeout(whole)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setConnectionReuseStrategy((_, _, _) -> false)
                .setUserAgent("Resentry")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
        this.deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("http-deadlines").factory());
    }

    /** With the names as this machine knows them. */
    public static SafeHttp standard(TargetRules rules) {
        return new SafeHttp(rules, InetAddress::getAllByName, Limits.STANDARD);
    }

    /**
     * Reads a URL to which requests may be made as far as can be said without looking its name up.
     *
     * @throws RefusedTargetException if it is none
     */
    public static URI url(String text) throws RefusedTargetException {
        URI uri;
        try {
            uri = URI.create(text.strip());
        } catch (IllegalArgumentException _) {
            throw new RefusedTargetException("not a URL");
        }
        check(uri);
        return uri;
    }

    /**
     * Makes a request.
     *
     * @throws RefusedTargetException if its target may not be reached
     * @throws IOException if nothing answers, or not in time
     */
    public Answer send(Request request) throws IOException {
        return send(request, limits.whole());
    }

    /**
     * Makes a request that has less time than others.
     *
     * @param within how long it may take with its answer; no longer than the limit of all
     * @throws RefusedTargetException if its target may not be reached
     * @throws IOException if nothing answers, or not in time
     */
    public Answer send(Request request, Duration within) throws IOException {
        check(request.uri());
        long begin = System.nanoTime();
        var http = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().forEach(http::setHeader);
        if (!request.body().isEmpty()) {
            http.setEntity(new ByteArrayEntity(request.body().getBytes(UTF_8), null));
        }
        var late = new AtomicBoolean();
        Future<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    http.cancel();
                },
                within.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = client.executeOpen(null, http, null);
            try {
                byte[] body = body(response);
                return new Answer(
                        response.getCode(),
                        headers(response),
                        new String(body, 0, Math.min(body.length, limits.answer()), UTF_8),
                        body.length > limits.answer(),
                        Duration.ofNanos(System.nanoTime() - begin));
            } finally {
                end(http, response);
            }
        } catch (ClosedAddressException e) {
            throw new RefusedTargetException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (late.get()) {
                throw new IOException("no whole answer within %d s".formatted(within.toSeconds()), e);
            }
            throw e;
        } finally {
            deadline.cancel(false);
        }
    }

    /** Without reading what is left of the answer, of which there may be no end. */
    private static void end(HttpUriRequestBase http, ClassicHttpResponse response) {
        http.cancel();
        try {
            response.close();
        } catch (IOException _) {
            // The connection was cut just before.
        }
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }

    private static void check(URI uri) throws RefusedTargetException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new RefusedTargetException("URL: scheme '%s' (expected: http or https)".formatted(scheme));
        }
        String host = uri.getHost();
        if (host == null || host.isEmpty()) {
            throw new RefusedTargetException("URL: no host that is one");
        }
        if (uri.getPort() > MAX_PORT) {
            throw new RefusedTargetException("URL: port %d (expected: at most %d)".formatted(uri.getPort(), MAX_PORT));
        }
        if (uri.getRawUserInfo() != null) {
            throw new RefusedTargetException("URL: a user name or password before the host (expected: none)");
        }
        if (uri.toString().length() > MAX_URL) {
            throw new RefusedTargetException("URL: longer than %d characters".formatted(MAX_URL));
        }
        if (NUMERIC.matcher(host).matches() && !DOTTED.matcher(host).matches()) {
            throw new RefusedTargetException(
                    "URL: host '%s' (expected: a name, or an address such as 192.0.2.1)".formatted(host));
        }
    }

    /** With one byte more than is read of it, if there are so many. */
    private byte[] body(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? new byte[0] : entity.getContent().readNBytes(limits.answer() + 1);
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(
                    header.getName().toLowerCase(Locale.ROOT), header.getValue() == null ? "" : header.getValue());
        }
        return headers;
    }

    /** What the client lets a look-up fail with. */
    private static final class ClosedAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        ClosedAddressException(String message) {
            super(message);
        }
    }

    /** Gives the client no address that was not checked. */
    private final class CheckedResolver implements DnsResolver {
        private final Resolver resolver;

        CheckedResolver(Resolver resolver) {
            this.resolver = resolver;
        }

        /** One closed address closes the name: which one is taken must not be a matter of luck. */
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = resolver.addresses(host);
            List<String> refusals = Arrays.stream(addresses)
                    .flatMap(address -> rules.refusal(address).stream())
                    .toList();
            if (!refusals.isEmpty()) {
                throw new ClosedAddressException("%s: %s".formatted(host, refusals.getFirst()));
            }
            return Arrays.copyOf(addresses, Math.min(addresses.length, MAX_ADDRESSES));
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
