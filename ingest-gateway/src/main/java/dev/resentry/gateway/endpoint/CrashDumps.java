package dev.resentry.gateway.endpoint;

/** How crash dumps begin (ingest protocol, section 1.7). */
final class CrashDumps {
    /** The shortest body that can be told to be a dump or not. */
    static final int MIN_BYTES = 4;

    private CrashDumps() {}

    /** Whether a body that is a dump alone begins as one does, or as a compressed one does. */
    static boolean isOne(byte[] body) {
        if (body.length < MIN_BYTES) {
            return false;
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
