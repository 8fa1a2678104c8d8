package dev.resentry.standalone.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A small PNG that looks like a page from afar: bars, lines and a button. Drawn by hand, as servers may lack all graphics. */
final class Screenshot {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] PALETTE = {
        (byte) 0xf7,
        (byte) 0xf5,
        (byte) 0xef, // paper
        0x24,
        0x3b,
        0x2f, // bar
        (byte) 0xc9,
        (byte) 0xc5,
        (byte) 0xb8, // lines
        0x2e,
        0x7d,
        0x4f, // button
        (byte) 0xb3,
        0x3a,
        0x2b // error
    };

    private final byte[] pixels = new byte[WIDTH * HEIGHT];

    private Screenshot() {}

    static byte[] png(RandomGenerator random) {
        var page = new Screenshot();
        page.fill(0, 0, WIDTH, 28, 1);
        page.fill(12, 9, 60, 10, 2);
        page.fill(16, 44, WIDTH - 32, 22, 4);
        for (int y = 82; y < 190; y += 18) {
            page.fill(16, y, 120 + random.nextInt(140), 8, 2);
        }
        page.fill(WIDTH - 116, HEIGHT - 40, 100, 26, 3);
        return page.encode();
    }

    private void fill(int x, int y, int width, int height, int colour) {
        for (int row = y; row < y + height; row++) {
            for (int column = x; column < x + width; column++) {
                pixels[row * WIDTH + column] = (byte) colour;
            }
        }
    }

    private byte[] encode() {
        var png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(WIDTH).putInt(HEIGHT);
        // 8 bits a pixel, each an index of the palette.
        header.put((byte) 8).put((byte) 3);
        chunk(png, "IHDR", header.array());
        chunk(png, "PLTE", PALETTE);
        chunk(png, "IDAT", compressed());
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** Each row has a byte in front that says how it is filtered: not at all. */
    private byte[] compressed() {
        var rows = new byte[HEIGHT * (WIDTH + 1)];
        for (int row = 0; row < HEIGHT; row++) {
            System.arraycopy(pixels, row * WIDTH, rows, row * (WIDTH + 1) + 1, WIDTH);
        }
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(rows);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var part = new byte[4096];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
        byte[] typed = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(US_ASCII))
                .put(content)
                .array();
        var sum = new CRC32();
        sum.update(typed);
        png.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        png.writeBytes(typed);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
