package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import dev.resentry.model.envelope.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a minidump says in the streams that can be read without unwinding a stack: why and where the program crashed, on which
 * system, and which modules were loaded (streams 4, 6 and 7 of Microsoft's {@code minidumpapiset.h}). Every offset in a dump is
 * the sender's claim; what lies outside of it is left out.
 *
 * @param code the exception code: of Windows, or the number of a signal, or a Mach exception
 * @param address of the instruction or memory that it is about
 * @param system what it ran on
 * @param modules those that were loaded, in their order
 */
record Minidump(long code, long address, OperatingSystem system, List<Module> modules) {
    private static final int SIGNATURE = 0x504d_444d;
    private static final int MODULE_LIST = 4;
    private static final int EXCEPTION = 6;
    private static final int SYSTEM_INFO = 7;
    private static final int MODULE_BYTES = 108;
    private static final int MAX_STREAMS = 1_000;
    private static final int MAX_MODULES = 1_000;
    private static final int MAX_NAME_BYTES = 2_048;

    /** The operating systems that Windows, Breakpad and Crashpad write. */
    enum OperatingSystem {
        WINDOWS,
        MACOS,
        IOS,
        LINUX,
        ANDROID,
        OTHER
    }

    /** Code that was loaded at an address. */
    record Module(String name, long base, long size) {
        boolean contains(long address) {
            return Long.compareUnsigned(address, base) >= 0 && Long.compareUnsigned(address - base, size) < 0;
        }

        /** The name without its folders. */
        String basename() {
            return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        }
    }

    Minidump {
        modules = List.copyOf(modules);
    }

    /** The module that holds the address of the crash. */
    Optional<Module> crashed() {
        return modules.stream().filter(module -> module.contains(address)).findFirst();
    }

    /** Reads a dump; empty if it tells of no exception or is no dump. */
    static Optional<Minidump> read(Payload file) {
        ByteBuffer dump = ByteBuffer.wrap(file.source(), file.offset(), file.length())
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
        if (dump.capacity() < 32 || dump.getInt(0) != SIGNATURE) {
            return Optional.empty();
        }
        int streams = Math.clamp(dump.getInt(8), 0, MAX_STREAMS);
        long directory = Integer.toUnsignedLong(dump.getInt(12));
        ByteBuffer exception = stream(dump, directory, streams, EXCEPTION);
        if (exception == null || exception.capacity() < 32) {
            return Optional.empty();
        }
        ByteBuffer system = stream(dump, directory, streams, SYSTEM_INFO);
        ByteBuffer modules = stream(dump, directory, streams, MODULE_LIST);
        return Optional.of(new Minidump(
                Integer.toUnsignedLong(exception.getInt(8)),
                exception.getLong(24),
                system == null || system.capacity() < 24 ? OperatingSystem.OTHER : system(system.getInt(20)),
                modules == null ? List.of() : modules(dump, modules)));
    }

    private static @Nullable ByteBuffer stream(ByteBuffer dump, long directory, int streams, int type) {
        for (int i = 0; i < streams; i++) {
            ByteBuffer entry = part(dump, directory + 12L * i, 12);
            if (entry == null) {
                return null;
            }
            if (entry.getInt(0) == type) {
                return part(dump, Integer.toUnsignedLong(entry.getInt(8)), Integer.toUnsignedLong(entry.getInt(4)));
            }
        }
        return null;
    }

    private static OperatingSystem system(int platform) {
        return switch (platform) {
            case 0, 1, 2, 3 -> OperatingSystem.WINDOWS;
            case 0x8101 -> OperatingSystem.MACOS;
            case 0x8102 -> OperatingSystem.IOS;
            case 0x8201 -> OperatingSystem.LINUX;
            case 0x8203 -> OperatingSystem.ANDROID;
            default -> OperatingSystem.OTHER;
        };
    }

    private static List<Module> modules(ByteBuffer dump, ByteBuffer stream) {
        List<Module> modules = new ArrayList<>();
        int count = stream.capacity() < 4 ? 0 : Math.clamp(stream.getInt(0), 0, MAX_MODULES);
        for (int i = 0; i < count; i++) {
            ByteBuffer module = part(stream, 4 + (long) MODULE_BYTES * i, MODULE_BYTES);
            if (module == null) {
                break;
            }
            modules.add(new Module(
                    name(dump, Integer.toUnsignedLong(module.getInt(20))),
                    module.getLong(0),
                    Integer.toUnsignedLong(module.getInt(8))));
        }
        return modules;
    }

    private static String name(ByteBuffer dump, long at) {
        ByteBuffer length = part(dump, at, 4);
        ByteBuffer name = length == null ? null : part(dump, at + 4, Math.clamp(length.getInt(0), 0, MAX_NAME_BYTES));
        return name == null ? "" : UTF_16LE.decode(name).toString();
    }

    /** A part of a buffer; null if it does not lie within. */
    private static @Nullable ByteBuffer part(ByteBuffer buffer, long start, long length) {
        return start + length > buffer.capacity()
                ? null
                : buffer.slice((int) start, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
