package dev.resentry.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.RawUnixChannelOption;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What Linux knows of a socket beyond what Java asks it, of use where connections must end without loss. Elsewhere each
 * question has the answer that changes nothing.
 */
final class LinuxSockets {
    private static final int SOL_SOCKET = 1;
    private static final int SOL_TCP = 6;
    private static final RawUnixChannelOption ATTACH_FILTER =
            new RawUnixChannelOption("SO_ATTACH_FILTER", SOL_SOCKET, 26, 16);
    private static final RawUnixChannelOption MEMORY = new RawUnixChannelOption("SO_MEMINFO", SOL_SOCKET, 55, 4);
    private static final RawUnixChannelOption TCP_INFO = new RawUnixChannelOption("TCP_INFO", SOL_TCP, 11, 28);
    /** Of a socket that listens, this field counts the connections that nobody has accepted yet. */
    private static final int UNACCEPTED = 24;

    /** Drops a segment that opens a connection (flag SYN), passes any other. */
    private static final long[] DROP_OPENINGS = {
        instruction(0x30, 0, 0, 13), // load the byte of the flags
        instruction(0x45, 0, 1, 0x02), // unless it has SYN, skip one
        instruction(0x06, 0, 0, 0), // return 0 bytes of it
        instruction(0x06, 0, 0, 0xffffffffL) // return all of it
    };

    private LinuxSockets() {}

    /**
     * Has the kernel ignore who wants to connect from now on. Who is connecting already gets through. Those who are ignored
     * ask again a second later.
     *
     * @return whether the kernel does so
     */
    static boolean ignoreNewConnections(Channel listening) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment filter = arena.allocateFrom(ValueLayout.JAVA_LONG, DROP_OPENINGS);
            ByteBuffer program = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
            program.putShort(0, (short) DROP_OPENINGS.length).putLong(8, filter.address());
            return listening.config().setOption(ATTACH_FILTER, program);
        } catch (ChannelException _) {
            return false;
        }
    }

    /** The connections that are established and that nobody has accepted yet. */
    static int unaccepted(Channel listening) {
        return wireName(listening, TCP_INFO, UNACCEPTED);
    }

    /** Whether something has arrived that nobody has read yet. */
    static boolean hasUnread(Channel connection) {
        return wireName(connection, MEMORY, 0) > 0;
    }

    private static int wireName(Channel channel, RawUnixChannelOption option, int offset) {
        try {
            ByteBuffer read = channel.config().getOption(option);
            return read == null ? 0 : read.order(ByteOrder.nativeOrder()).getInt(offset);
        } catch (ChannelException _) {
            return 0;
        }
    }

    /** A {@code struct sock_filter} as a long has it in memory on machines that are little-endian, as all we run on are. */
    private static long instruction(int code, int ifTrue, int ifFalse, long operand) {
        return code | (long) ifTrue << 16 | (long) ifFalse << 24 | operand << 32;
    }
}
