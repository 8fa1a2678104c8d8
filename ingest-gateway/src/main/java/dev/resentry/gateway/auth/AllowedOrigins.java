package dev.resentry.gateway.auth;

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
        Site site = Site.of(origin);
        return !site.host().isEmpty()
                && patterns.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), site));
    }

    private static boolean matches(String pattern, Site site) {
        int scheme = pattern.indexOf("://");
        if (scheme >= 0 && !pattern.substring(0, scheme).equals(site.scheme())) {
            return false;
        }
        String rest = scheme < 0 ? pattern : pattern.substring(scheme + 3);
        int slash = rest.indexOf('/');
        rest = slash < 0 ? rest : rest.substring(0, slash);
        int colon = portColon(rest);
        if (colon >= 0
                && !rest.substring(colon + 1).equals("*")
                && !rest.substring(colon + 1).equals(site.port())) {
            return false;
        }
        String domain = colon < 0 ? rest : rest.substring(0, colon);
        if (domain.equals("*")) {
            return true;
        }
        return domain.startsWith("*.")
                ? site.host().equals(domain.substring(2)) || site.host().endsWith(domain.substring(1))
                : site.host().equals(domain);
    }

    /**
     * Where a page lies. Taken from its address as it stands: browsers send what is no address by the book, with blanks and braces
     * in a query, and hosts with underscores.
     */
    private record Site(String scheme, String host, String port) {
        static Site of(String page) {
            String site = siteOf(page).toLowerCase(Locale.ROOT);
            int authority = site.indexOf("://") + 3;
            String scheme = site.substring(0, authority - 3);
            String rest = site.substring(authority);
            int colon = portColon(rest);
            return new Site(
                    scheme,
                    colon < 0 ? rest : rest.substring(0, colon),
                    colon < 0 ? (scheme.equals("https") ? "443" : "80") : rest.substring(colon + 1));
        }
    }

    /** The colon before the port, not one of an IPv6 address; negative if there is none. */
    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    private static boolean isWeb(@Nullable String url) {
        return url != null
                && (url.regionMatches(true, 0, "http://", 0, 7) || url.regionMatches(true, 0, "https://", 0, 8));
    }
}
