package dev.resentry.storage.ingest;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/** An array of UUIDs in the binary format that PostgreSQL's {@code array_recv} reads. */
final class UuidArray {
    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int UUID_BYTES = 2 * Long.BYTES;
    private static final int NULL = -1;

    private UuidArray() {}

    static Array of(BaseConnection connection, @Nullable UUID[] values) throws SQLException {
        // A null takes less; what is left over at the end is not sent.
        var bytes = ByteBuffer.allocate(HEADER_BYTES + values.length * (Integer.BYTES + UUID_BYTES));
        bytes.putInt(values.length == 0 ? 0 : 1);
        // Whether there are nulls, which PostgreSQL finds out itself.
        bytes.putInt(1);
        bytes.putInt(Oid.UUID);
        if (values.length > 0) {
            bytes.putInt(values.length);
            bytes.putInt(1);
        }
        for (UUID value : values) {
            if (value == null) {
                bytes.putInt(NULL);
            } else {
                bytes.putInt(UUID_BYTES)
                        .putLong(value.getMostSignificantBits())
                        .putLong(value.getLeastSignificantBits());
            }
        }
        return new PgArray(connection, Oid.UUID_ARRAY, Arrays.copyOf(bytes.array(), bytes.position()));
    }
}
