package dev.resentry.gateway.endpoint;

import dev.resentry.model.encoding.ContentEncoding;
import java.util.Locale;

/** How crash dumps begin (ingest protocol, section 1.7). */
final class CrashDumps {
    private CrashDumps() {}

    /** Whether a body that is a dump alone begins as one does, or as what dumps are packed in does. */
    static boolean isOne(Sender sender, byte[] body) {
        String type = String.valueOf(sender.request().header("content-type")).toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/") || sender.encoding() != ContentEncoding.IDENTITY || body.length < 4) {
            return body.length >= 4;
        }
        int magic = ((body[0] & 0xff) << 24) | ((body[1] & 0xff) << 16) | ((body[2] & 0xff) << 8) | (body[3] & 0xff);
        return magic == 0x4d444d50 // MDMP
                || magic == 0x504d444d // PMDM
                || magic >>> 16 == 0x1f8b // gzip
                || magic == 0x28b52ffd // zstd
                || magic == 0xfd377a58 // xz
                || magic >>> 8 == 0x425a68; // bzip2
    }
}
