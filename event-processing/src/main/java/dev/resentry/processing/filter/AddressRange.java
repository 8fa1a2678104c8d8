package dev.resentry.processing.filter;

import dev.resentry.processing.address.IpAddress;
import java.util.Optional;

/** An address of the Internet Protocol, or a network as {@code address/bits}. Version 4 mapped into version 6 is version 4. */
public final class AddressRange {
    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /** Reads a range; empty if the text is none. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.of(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return Optional.empty();
        }
        byte[] network = address.bytes();
        int all = network.length * 8;
        int bits = slash < 0 ? all : bits(text.substring(slash + 1));
        return bits < 0 || bits > all ? Optional.empty() : Optional.of(new AddressRange(network, bits));
    }

    private static int bits(String text) {
        boolean isNumber = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(text) : -1;
    }

    /** @throws IllegalArgumentException if the text is no range */
    static AddressRange require(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "client address: '%s' (expected: an IP address or a network such as 10.0.0.0/8)"
                                .formatted(text)));
    }

    boolean contains(IpAddress address) {
        byte[] given = address.bytes();
        if (given.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
            if (((given[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
