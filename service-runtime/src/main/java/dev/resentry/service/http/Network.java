package dev.resentry.service.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of addresses.
 *
 * @param bits how many leading bits of the address count
 */
public record Network(InetAddress address, int bits) {

    public Network {
        int most = address.getAddress().length * Byte.SIZE;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("network: /%d (expected: /0 to /%d)".formatted(bits, most));
        }
    }

    /**
     * Reads {@code 10.1.0.0/16}, {@code fd00::/8}, or one address.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static Network parse(String text) {
        String stripped = text.strip();
        int slash = stripped.indexOf('/');
        String address = slash < 0 ? stripped : stripped.substring(0, slash);
        // Names would be looked up otherwise.
        if (!address.matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw malformed(text);
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            int most = parsed.getAddress().length * Byte.SIZE;
            return new Network(parsed, slash < 0 ? most : Integer.parseInt(stripped.substring(slash + 1)));
        } catch (UnknownHostException | NumberFormatException _) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "network: '%s' (expected: an address or a range such as 10.1.0.0/16 or fd00::/8)".formatted(text));
    }

    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        int mask = 0xff << (Byte.SIZE - rest);
        return Arrays.equals(mine, 0, whole, theirs, 0, whole)
                && (rest == 0 || ((mine[whole] ^ theirs[whole]) & mask) == 0);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
