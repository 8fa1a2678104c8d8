package dev.resentry.standalone.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.standalone.demo.Shipment.Parcel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.node.JsonNodeFactory;

/** Envelopes that a gateway accepts and a processor can make nothing of, each in a way that is seen in the wild. */
final class BrokenEnvelopes {
    private static final int TOO_LARGE = 5 << 20;

    private BrokenEnvelopes() {}

    /** Those of a day. */
    static List<Parcel> of(Occurrence occurrence) {
        Seed seed = occurrence.seed().with("broken");
        RandomGenerator random = seed.random();
        List<Parcel> parcels = new ArrayList<>();
        int count = occurrence.day().daysAgo() == 2 ? 5 : random.nextInt(2);
        for (int i = 0; i < count; i++) {
            Seed own = seed.with(i);
            parcels.add(
                    switch (count == 1 ? random.nextInt(4) : i) {
                        case 0 -> cutJson(own);
                        case 1 -> wrongLength(own);
                        case 2 -> cutBody(own);
                        case 3 -> withoutTrace(own);
                        default -> tooLarge(own);
                    });
        }
        return parcels;
    }

    /** A proxy cut the payload. */
    private static Parcel cutJson(Seed seed) {
        return Parcel.plain(new Post(seed.id())
                .add(
                        ItemHeader.of(ItemType.Known.EVENT),
                        "{\"event_id\":\"%s\",\"level\":\"error\",\"message\":\"Upload of the report fai"
                                .formatted(seed.id()))
                .bytes());
    }

    /** The header of an item promises more than there is. */
    private static Parcel wrongLength(Seed seed) {
        return Parcel.plain("{\"event_id\":\"%s\"}\n{\"type\":\"event\",\"length\":4096}\n{\"message\":\"short\"}\n"
                .formatted(seed.id())
                .getBytes(UTF_8));
    }

    /** The connection of a phone ended in the midst of a compressed body. */
    private static Parcel cutBody(Seed seed) {
        var noise = new StringBuilder();
        seed.random().ints(20_000, 'a', 'z' + 1).forEach(letter -> noise.append((char) letter));
        var event = JsonNodeFactory.instance.objectNode().put("message", noise.toString());
        byte[] whole = gzip(new Post(seed.id()).add(ItemType.Known.EVENT, event).bytes());
        return new Parcel(Arrays.copyOf(whole, whole.length * 3 / 4), true);
    }

    private static Parcel withoutTrace(Seed seed) {
        var transaction = JsonNodeFactory.instance
                .objectNode()
                .put("type", "transaction")
                .put("transaction", "GET /api/old")
                .put("start_timestamp", 1_700_000_000)
                .put("timestamp", 1_700_000_001);
        return Parcel.plain(
                new Post(seed.id()).add(ItemType.Known.TRANSACTION, transaction).bytes());
    }

    /** A program that puts a whole file into an event. */
    private static Parcel tooLarge(Seed seed) {
        var event = JsonNodeFactory.instance.objectNode().put("message", "Import failed");
        event.putObject("extra").put("file", "sku;name;price\n".repeat(TOO_LARGE / 15));
        return new Parcel(
                gzip(new Post(seed.id()).add(ItemType.Known.EVENT, event).bytes()), true);
    }

    private static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
