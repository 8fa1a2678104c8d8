package dev.resentry.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.hash.Sha256;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import dev.resentry.model.project.Quota;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The contract of the topic of usage: what one gateway has let through of each limit, and how much it was asked for. The key
 * is the gateway's id in letters; a record stands for itself and says only what changed since the gateway's last one. A
 * record without usages is a sign of life.
 *
 * <p>The value, big-endian: version 1 (1 byte), flags (1; bit 0: the gateway leaves), gateway (16), sequence (8), bytes of
 * each usage (2), number of usages (4), then the usages with their fields in the order of {@link Usage}, 8 bytes each. Newer
 * gateways may append fields to a usage and set further flags; readers pass over both.
 *
 * @param gateway a run of a gateway; one that is started again is another
 * @param sequence grows with each record of the gateway
 * @param leaving the last record of a gateway that is stopped: its reservations are free
 */
public record UsageRecord(UUID gateway, long sequence, boolean leaving, List<Usage> usages) {
    /** So many usages stay below the largest record that a broker takes unless told otherwise. */
    public static final int MAX_USAGES = 10_000;

    private static final byte VERSION = 1;
    private static final byte LEAVING = 1;
    private static final int HEAD = 1 + 1 + 2 * Long.BYTES + Long.BYTES + Short.BYTES + Integer.BYTES;
    private static final int USAGE = 6 * Long.BYTES;

    public UsageRecord {
        usages = List.copyOf(usages);
        if (usages.size() > MAX_USAGES) {
            throw new IllegalArgumentException(
                    "usages: %d (expected: at most %d)".formatted(usages.size(), MAX_USAGES));
        }
    }

    /**
     * One limit in one window.
     *
     * @param bucket which limit, see {@link UsageRecord#bucket}
     * @param windowSeconds how long the window is
     * @param windowStart when it began by the gateway's clock, in seconds of the epoch
     * @param demandPerSecond how much was asked for of late, let through or not
     * @param admitted what was let through in this window
     * @param reserved up to where the gateway lets through before it asks again; at least {@code admitted}
     */
    public record Usage(
            long bucket, long windowSeconds, long windowStart, double demandPerSecond, long admitted, long reserved) {}

    /**
     * The same number in every gateway for a limit of a project or of one of its keys. How high the limit is does not count:
     * who raises it does not begin a window anew.
     */
    public static long bucket(ProjectId project, @Nullable PublicKey key, Quota quota) {
        String identity = "%s %s %s %d %s"
                .formatted(
                        project,
                        key == null ? "" : key,
                        quota.categories().stream()
                                .map(DataCategory::wireName)
                                .sorted()
                                .collect(Collectors.joining(";")),
                        quota.window().toSeconds(),
                        quota.reasonCode());
        return Sha256.first64(identity.getBytes(UTF_8));
    }

    public byte[] key() {
        return gateway.toString().getBytes(UTF_8);
    }

    public byte[] value() {
        ByteBuffer value = ByteBuffer.allocate(HEAD + usages.size() * USAGE);
        value.put(VERSION).put(leaving ? LEAVING : 0);
        value.putLong(gateway.getMostSignificantBits()).putLong(gateway.getLeastSignificantBits());
        value.putLong(sequence).putShort((short) USAGE).putInt(usages.size());
        for (Usage usage : usages) {
            value.putLong(usage.bucket()).putLong(usage.windowSeconds()).putLong(usage.windowStart());
            value.putDouble(usage.demandPerSecond()).putLong(usage.admitted()).putLong(usage.reserved());
        }
        return value.array();
    }

    /** Reads a value back; empty for one of another version and for what no gateway wrote. */
    public static Optional<UsageRecord> read(byte[] bytes) {
        ByteBuffer value = ByteBuffer.wrap(bytes);
        if (value.remaining() < HEAD || value.get() != VERSION) {
            return Optional.empty();
        }
        boolean leaving = (value.get() & LEAVING) != 0;
        var gateway = new UUID(value.getLong(), value.getLong());
        long sequence = value.getLong();
        int size = Short.toUnsignedInt(value.getShort());
        int count = value.getInt();
        if (size < USAGE || count < 0 || count > MAX_USAGES || value.remaining() < (long) count * size) {
            return Optional.empty();
        }
        List<Usage> usages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            value.position(HEAD + i * size);
            var usage = new Usage(
                    value.getLong(),
                    value.getLong(),
                    value.getLong(),
                    value.getDouble(),
                    value.getLong(),
                    value.getLong());
            if (usage.windowSeconds() < 1
                    || usage.admitted() < 0
                    || usage.reserved() < usage.admitted()
                    || !(usage.demandPerSecond() >= 0 && usage.demandPerSecond() < Double.MAX_VALUE)) {
                return Optional.empty();
            }
            usages.add(usage);
        }
        return Optional.of(new UsageRecord(gateway, sequence, leaving, usages));
    }
}
