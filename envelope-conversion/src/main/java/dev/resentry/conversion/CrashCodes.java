package dev.resentry.conversion;

import java.util.Map;

/** The names of what ends a native program. */
final class CrashCodes {
    private static final Map<Long, String> SIGNALS = Map.ofEntries(
            Map.entry(3L, "SIGQUIT"),
            Map.entry(4L, "SIGILL"),
            Map.entry(5L, "SIGTRAP"),
            Map.entry(6L, "SIGABRT"),
            Map.entry(7L, "SIGBUS"),
            Map.entry(8L, "SIGFPE"),
            Map.entry(11L, "SIGSEGV"),
            Map.entry(13L, "SIGPIPE"),
            Map.entry(31L, "SIGSYS"));

    private static final Map<Long, String> MACH_EXCEPTIONS = Map.ofEntries(
            Map.entry(1L, "EXC_BAD_ACCESS"),
            Map.entry(2L, "EXC_BAD_INSTRUCTION"),
            Map.entry(3L, "EXC_ARITHMETIC"),
            Map.entry(4L, "EXC_EMULATION"),
            Map.entry(5L, "EXC_SOFTWARE"),
            Map.entry(6L, "EXC_BREAKPOINT"),
            Map.entry(10L, "EXC_CRASH"),
            Map.entry(11L, "EXC_RESOURCE"),
            Map.entry(12L, "EXC_GUARD"));

    private static final Map<Long, String> WINDOWS_EXCEPTIONS = Map.ofEntries(
            Map.entry(0x80000003L, "EXCEPTION_BREAKPOINT"),
            Map.entry(0x80000004L, "EXCEPTION_SINGLE_STEP"),
            Map.entry(0xC0000005L, "EXCEPTION_ACCESS_VIOLATION"),
            Map.entry(0xC0000006L, "EXCEPTION_IN_PAGE_ERROR"),
            Map.entry(0xC0000017L, "EXCEPTION_NO_MEMORY"),
            Map.entry(0xC000001DL, "EXCEPTION_ILLEGAL_INSTRUCTION"),
            Map.entry(0xC0000025L, "EXCEPTION_NONCONTINUABLE_EXCEPTION"),
            Map.entry(0xC000008CL, "EXCEPTION_ARRAY_BOUNDS_EXCEEDED"),
            Map.entry(0xC000008EL, "EXCEPTION_FLT_DIVIDE_BY_ZERO"),
            Map.entry(0xC0000094L, "EXCEPTION_INT_DIVIDE_BY_ZERO"),
            Map.entry(0xC0000096L, "EXCEPTION_PRIV_INSTRUCTION"),
            Map.entry(0xC00000FDL, "EXCEPTION_STACK_OVERFLOW"),
            Map.entry(0xC0000374L, "STATUS_HEAP_CORRUPTION"),
            Map.entry(0xC0000409L, "STATUS_STACK_BUFFER_OVERRUN"),
            Map.entry(0xE06D7363L, "Unhandled C++ exception"));

    private CrashCodes() {}

    /** The name of a dump's exception on its system; the code itself if it has none. */
    static String name(Minidump dump) {
        Map<Long, String> names = switch (dump.system()) {
            case WINDOWS -> WINDOWS_EXCEPTIONS;
            case MACOS, IOS -> MACH_EXCEPTIONS;
            case LINUX, ANDROID, OTHER -> SIGNALS;
        };
        return names.getOrDefault(dump.code(), "0x%08x".formatted(dump.code()));
    }
}
