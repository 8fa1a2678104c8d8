package dev.resentry.processing.filter;

import dev.resentry.processing.address.IpAddress;
import java.util.List;
import java.util.Locale;

/**
 * What happened on a developer's own machine, by the page or the user. The address that an event came from says nothing of it: on
 * one host with its sender, or behind a proxy, everything comes from the host itself.
 */
final class Localhost {
    private static final List<AddressRange> ADDRESSES =
            List.of(AddressRange.require("127.0.0.0/8"), AddressRange.require("::1"), AddressRange.require("0.0.0.0"));

    private Localhost() {}

    static boolean isPlaceOf(Candidate candidate) {
        IpAddress user = candidate.userAddress();
        return (user != null && contains(user))
                || isLocal(host(candidate.event().request().url()));
    }

    private static boolean isLocal(String host) {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        IpAddress address = IpAddress.of(host);
        return address != null && contains(address);
    }

    private static boolean contains(IpAddress address) {
        return ADDRESSES.stream().anyMatch(range -> range.contains(address));
    }

    /** The host of a URL; empty if there is none. */
    private static String host(String url) {
        int scheme = url.indexOf("://");
        if (scheme < 0) {
            return "";
        }
        int start = scheme + 3;
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        String authority = url.substring(start, end);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        if (host.startsWith("[")) {
            int close = host.indexOf(']');
            return close < 0 ? "" : host.substring(1, close);
        }
        int port = host.indexOf(':');
        return (port < 0 ? host : host.substring(0, port)).toLowerCase(Locale.ROOT);
    }
}
