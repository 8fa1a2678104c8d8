package dev.resentry.gateway.http;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose word is believed on where a request comes from. Anybody can write a forwarded header; one is believed as far back as
 * those who passed it on are known.
 */
public final class TrustedProxies {
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");
    private static final List<String> PRIVATE = List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");
    private static final int MAPPED_PREFIX = 12;

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /**
     * Those in the list.
     *
     * @param entries addresses, networks ({@code 10.0.0.0/8}), {@code loopback} and {@code private}; none trusts nobody
     * @throws IllegalArgumentException if an entry is none of these; the message names it
     */
    public static TrustedProxies of(List<String> entries) {
        return new TrustedProxies(entries.stream()
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .flatMap(entry -> switch (entry) {
                    case "loopback" -> LOOPBACK.stream();
                    case "private" -> PRIVATE.stream();
                    default -> Stream.of(entry);
                })
                .map(Network::of)
                .toList());
    }

    boolean trust(InetAddress address) {
        return trust(address.getAddress());
    }

    private boolean trust(byte[] address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /**
     * Where a request comes from that a trusted peer passed on: the right-most address of the chain that is no trusted proxy's,
     * as that is what the last proxy that is trusted saw. What stands left of it was written by anybody.
     *
     * @param peer the trusted peer's address
     * @param forwardedFor the headers {@code X-Forwarded-For}, in their order
     */
    String origin(String peer, List<String> forwardedFor) {
        List<String> chain = new ArrayList<>();
        forwardedFor.forEach(header -> chain.addAll(Arrays.asList(header.split(",", -1))));
        String nearest = peer;
        for (String entry : chain.reversed()) {
            String text = withoutPort(entry.strip());
            byte[] address = bytes(text);
            if (address == null) {
                return nearest;
            }
            nearest = text;
            if (!trust(address)) {
                return nearest;
            }
        }
        return nearest;
    }

    /** Some proxies name the port as well: {@code 203.0.113.7:4711}, {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String entry) {
        if (entry.startsWith("[")) {
            int end = entry.indexOf(']');
            return end < 0 ? entry : entry.substring(1, end);
        }
        int colon = entry.indexOf(':');
        return colon >= 0 && colon == entry.lastIndexOf(':') ? entry.substring(0, colon) : entry;
    }

    /** The bytes of an address in letters, without asking anybody; null if it is none. IPv4 in the dress of IPv6 is IPv4. */
    private static byte @Nullable [] bytes(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        if (bytes == null || bytes.length == 4) {
            return bytes;
        }
        boolean mapped = bytes[10] == -1 && bytes[11] == -1;
        for (int i = 0; i < 10; i++) {
            mapped &= bytes[i] == 0;
        }
        return mapped ? Arrays.copyOfRange(bytes, MAPPED_PREFIX, bytes.length) : bytes;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Network(byte[] address, int prefixLength) {

        static Network of(String entry) {
            int slash = entry.indexOf('/');
            byte[] address = bytes(slash < 0 ? entry : entry.substring(0, slash));
            int length = address == null || slash < 0 ? -1 : number(entry.substring(slash + 1));
            if (address == null || (slash >= 0 && (length < 0 || length > address.length * 8))) {
                throw new IllegalArgumentException(
                        "not a trusted proxy: '%s' (expected: an address, a network such as 10.0.0.0/8, loopback or private)"
                                .formatted(entry));
            }
            return new Network(address, slash < 0 ? address.length * 8 : length);
        }

        private static int number(String digits) {
            return digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < prefixLength; bit += 8) {
                int mask = 0xff << Math.max(0, 8 - (prefixLength - bit));
                if (((address[bit / 8] ^ other[bit / 8]) & mask & 0xff) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
