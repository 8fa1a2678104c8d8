package dev.resentry.gateway.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which web pages may send to a project (ingest protocol, section 1.3). */
public final class AllowedOrigins {
    private AllowedOrigins() {}

    /**
     * The page a request comes from, as far as it says: its {@code Origin}, else its {@code Referer}; null if neither is the
     * address of a web page. Programs name none.
     */
    public static @Nullable String originOf(@Nullable String origin, @Nullable String referer) {
        if (isWeb(origin)) {
            return origin;
        }
        return isWeb(referer) ? referer : null;
    }

    /**
     * The site of a page, as {@code scheme://host[:port]}: what may be written down of its address. The rest can be a secret,
     * such as the token in a link that came by mail.
     */
    public static String siteOf(String page) {
        int start = page.indexOf("://") + 3;
        int end = start;
        while (end < page.length() && "/?#\\".indexOf(page.charAt(end)) < 0) {
            end++;
        }
        int host = page.lastIndexOf('@', end - 1) + 1;
        return page.substring(0, start) + page.substring(Math.max(start, host), end);
    }

    /**
     * Whether a page may send. What names no page may always.
     *
     * @param patterns {@code *}, {@code http://*}, a domain, {@code *.domain} or a whole origin
     */
    public static boolean allow(List<String> patterns, @Nullable String origin) {
        if (origin == null || patterns.contains("*")) {
            return true;
        }
        URI uri;
        try {
            uri = new URI(origin);
        } catch (URISyntaxException _) {
            return false;
        }
        String host = uri.getHost();
        return host != null
                && patterns.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), uri, host));
    }

    private static boolean matches(String pattern, URI origin, String originHost) {
        int scheme = pattern.indexOf("://");
        if (scheme >= 0 && !pattern.substring(0, scheme).equalsIgnoreCase(origin.getScheme())) {
            return false;
        }
        String rest = scheme < 0 ? pattern : pattern.substring(scheme + 3);
        int slash = rest.indexOf('/');
        rest = slash < 0 ? rest : rest.substring(0, slash);
        int colon = rest.lastIndexOf(':');
        boolean withPort = colon > rest.lastIndexOf(']') && colon >= 0;
        if (withPort
                && !rest.substring(colon + 1).equals("*")
                && !rest.substring(colon + 1).equals(port(origin))) {
            return false;
        }
        String domain = withPort ? rest.substring(0, colon) : rest;
        String host = originHost.toLowerCase(Locale.ROOT);
        if (domain.equals("*")) {
            return true;
        }
        return domain.startsWith("*.")
                ? host.equals(domain.substring(2)) || host.endsWith(domain.substring(1))
                : host.equals(domain);
    }

    private static String port(URI origin) {
        if (origin.getPort() >= 0) {
            return Integer.toString(origin.getPort());
        }
        return "https".equalsIgnoreCase(origin.getScheme()) ? "443" : "80";
    }

    private static boolean isWeb(@Nullable String url) {
        return url != null
                && (url.regionMatches(true, 0, "http://", 0, 7) || url.regionMatches(true, 0, "https://", 0, 8));
    }
}
