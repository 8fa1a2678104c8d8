package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes minidumps as Crashpad does, with the three streams that are read. */
final class MinidumpFile {
    static final int LINUX = 0x8201;
    static final int WINDOWS = 2;

    private MinidumpFile() {}

    /** A dump of one module at 0x1000, 0x5000 bytes long, as text of one character a byte. */
    static String of(int platform, int code, long address, String module) {
        byte[] name = module.getBytes(UTF_16LE);
        ByteBuffer dump = ByteBuffer.allocate(600 + name.length).order(ByteOrder.LITTLE_ENDIAN);
        dump.putInt(0, 0x504d_444d).putInt(4, 0xa793).putInt(8, 3).putInt(12, 32);
        entry(dump, 32, 6, 168, 80);
        entry(dump, 44, 7, 56, 260);
        entry(dump, 56, 4, 112, 330);
        dump.putInt(80 + 8, code).putLong(80 + 24, address);
        dump.putInt(260 + 20, platform);
        dump.putInt(330, 1).putLong(334, 0x1000).putInt(342, 0x5000).putInt(354, 450);
        dump.putInt(450, name.length).put(454, name);
        return new String(dump.array(), ISO_8859_1);
    }

    private static void entry(ByteBuffer dump, int at, int type, int size, int offset) {
        dump.putInt(at, type).putInt(at + 4, size).putInt(at + 8, offset);
    }
}
