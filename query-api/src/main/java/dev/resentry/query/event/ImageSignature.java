package dev.resentry.query.event;

import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.MediaType;

/** The first bytes of the images that browsers show and that hold no program. SVG is none of them. */
enum ImageSignature {
    PNG(MediaType.IMAGE_PNG_VALUE, "\u0089PNG\r\n\u001a\n", 0, ""),
    JPEG(MediaType.IMAGE_JPEG_VALUE, "\u00ff\u00d8\u00ff", 0, ""),
    GIF_87(MediaType.IMAGE_GIF_VALUE, "GIF87a", 0, ""),
    GIF_89(MediaType.IMAGE_GIF_VALUE, "GIF89a", 0, ""),
    /** The length of the file stands in between. */
    WEBP("image/webp", "RIFF", 8, "WEBP");

    private final String type;
    /** A character for each byte. */
    private final String begin;

    private final int secondAt;
    private final String second;

    ImageSignature(String type, String begin, int secondAt, String second) {
        this.type = type;
        this.begin = begin;
        this.secondAt = secondAt;
        this.second = second;
    }

    /** The type of an image; empty if it is none that is known. */
    static Optional<MediaType> typeOf(byte[] content) {
        return Arrays.stream(values())
                .filter(image -> has(content, 0, image.begin) && has(content, image.secondAt, image.second))
                .map(image -> MediaType.parseMediaType(image.type))
                .findFirst();
    }

    private static boolean has(byte[] content, int at, String wanted) {
        if (content.length < at + wanted.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if ((content[at + i] & 0xff) != wanted.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
