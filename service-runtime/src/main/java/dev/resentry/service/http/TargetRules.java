package dev.resentry.service.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where requests may go that people have us make. Whoever may name a URL must not reach by it what only this machine reaches: its own
 * services, those of its network, and the one by which clouds give their machines passwords.
 *
 * @param allowPrivate whether addresses of this machine and of private networks may be reached; others of no use outside stay closed
 * @param allowed what may be reached whatever it is
 */
public record TargetRules(boolean allowPrivate, List<Network> allowed) {
    /** How people open what is closed, for messages. */
    static final String HOW_TO_ALLOW = "RESENTRY_ALLOW_PRIVATE_TARGETS or RESENTRY_ALLOWED_NETWORKS";

    /** This machine, private networks, and those of carriers. */
    private static final List<Network> PRIVATE = networks(
            "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "::1/128", "fc00::/7");

    /** What is nobody's address out there; of IPv6, {@link #GLOBAL} says what is. */
    private static final List<Network> CLOSED = networks(
            "0.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32");

    private static final Network GLOBAL = Network.parse("2000::/3");
    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network COMPATIBLE = Network.parse("::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

    public TargetRules {
        allowed = List.copyOf(allowed);
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts).map(Network::parse).toList();
    }

    /** Why an address may not be reached; empty if it may. */
    public Optional<String> refusal(InetAddress address) {
        if (within(allowed, address)) {
            return Optional.empty();
        }
        if (within(PRIVATE, address)) {
            return allowPrivate
                    ? Optional.empty()
                    : Optional.of("%s is an address of this machine or of a private network (%s may allow it)"
                            .formatted(address.getHostAddress(), HOW_TO_ALLOW));
        }
        if (address instanceof Inet4Address) {
            return within(CLOSED, address) ? Optional.of(reserved(address)) : Optional.empty();
        }
        InetAddress inner = inner(address);
        if (inner != null) {
            return refusal(inner).map(reason -> "%s leads to %s".formatted(address.getHostAddress(), reason));
        }
        return GLOBAL.contains(address) && !within(CLOSED, address) ? Optional.empty() : Optional.of(reserved(address));
    }

    private static String reserved(InetAddress address) {
        return "%s is a reserved address".formatted(address.getHostAddress());
    }

    private static boolean within(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    /** The IPv4 address to which an IPv6 address leads. Those that are mapped Java has turned into IPv4 already. */
    private static @Nullable InetAddress inner(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (SIX_TO_FOUR.contains(address)) {
            return ipv4(bytes, 2);
        }
        boolean isatap = (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
        return isatap || NAT64.contains(address) || COMPATIBLE.contains(address) ? ipv4(bytes, 12) : null;
    }

    private static InetAddress ipv4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
