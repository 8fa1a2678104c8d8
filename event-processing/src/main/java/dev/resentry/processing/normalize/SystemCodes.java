package dev.resentry.processing.normalize;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an operating system calls its signals and errors, by their numbers in its headers.
 *
 * @param machExceptions of Apple's systems alone
 */
record SystemCodes(Map<Integer, String> signals, Map<Integer, String> errors, Map<Integer, String> machExceptions) {
    private static final String POSIX_ERRORS = """
            1 EPERM 2 ENOENT 3 ESRCH 4 EINTR 5 EIO 6 ENXIO 7 E2BIG 8 ENOEXEC 9 EBADF 10 ECHILD 12 ENOMEM 13 EACCES 14 EFAULT
            15 ENOTBLK 16 EBUSY 17 EEXIST 18 EXDEV 19 ENODEV 20 ENOTDIR 21 EISDIR 22 EINVAL 23 ENFILE 24 EMFILE 25 ENOTTY
            26 ETXTBSY 27 EFBIG 28 ENOSPC 29 ESPIPE 30 EROFS 31 EMLINK 32 EPIPE 33 EDOM 34 ERANGE
            """;

    private static final SystemCodes LINUX = new SystemCodes(table("""
                    1 SIGHUP 2 SIGINT 3 SIGQUIT 4 SIGILL 5 SIGTRAP 6 SIGABRT 7 SIGBUS 8 SIGFPE 9 SIGKILL 10 SIGUSR1 11 SIGSEGV 12 SIGUSR2
                    13 SIGPIPE 14 SIGALRM 15 SIGTERM 16 SIGSTKFLT 17 SIGCHLD 18 SIGCONT 19 SIGSTOP 20 SIGTSTP 21 SIGTTIN 22 SIGTTOU
                    23 SIGURG 24 SIGXCPU 25 SIGXFSZ 26 SIGVTALRM 27 SIGPROF 28 SIGWINCH 29 SIGIO 30 SIGPWR 31 SIGSYS
                    """), table(POSIX_ERRORS + """
                    11 EAGAIN 35 EDEADLK 36 ENAMETOOLONG 38 ENOSYS 39 ENOTEMPTY 40 ELOOP 71 EPROTO 88 ENOTSOCK 90 EMSGSIZE 95 EOPNOTSUPP
                    98 EADDRINUSE 99 EADDRNOTAVAIL 100 ENETDOWN 101 ENETUNREACH 103 ECONNABORTED 104 ECONNRESET 105 ENOBUFS 107 ENOTCONN
                    110 ETIMEDOUT 111 ECONNREFUSED 112 EHOSTDOWN 113 EHOSTUNREACH 114 EALREADY 115 EINPROGRESS 122 EDQUOT 125 ECANCELED
                    """), Map.of());

    private static final SystemCodes DARWIN = new SystemCodes(table("""
                    1 SIGHUP 2 SIGINT 3 SIGQUIT 4 SIGILL 5 SIGTRAP 6 SIGABRT 7 SIGEMT 8 SIGFPE 9 SIGKILL 10 SIGBUS 11 SIGSEGV 12 SIGSYS
                    13 SIGPIPE 14 SIGALRM 15 SIGTERM 16 SIGURG 17 SIGSTOP 18 SIGTSTP 19 SIGCONT 20 SIGCHLD 21 SIGTTIN 22 SIGTTOU
                    23 SIGIO 24 SIGXCPU 25 SIGXFSZ 26 SIGVTALRM 27 SIGPROF 28 SIGWINCH 29 SIGINFO 30 SIGUSR1 31 SIGUSR2
                    """), table(POSIX_ERRORS + """
                    11 EDEADLK 35 EAGAIN 36 EINPROGRESS 37 EALREADY 38 ENOTSOCK 40 EMSGSIZE 45 ENOTSUP 48 EADDRINUSE 49 EADDRNOTAVAIL
                    50 ENETDOWN 51 ENETUNREACH 53 ECONNABORTED 54 ECONNRESET 55 ENOBUFS 57 ENOTCONN 60 ETIMEDOUT 61 ECONNREFUSED 62 ELOOP
                    63 ENAMETOOLONG 64 EHOSTDOWN 65 EHOSTUNREACH 66 ENOTEMPTY 69 EDQUOT 78 ENOSYS 89 ECANCELED 100 EPROTO
                    """), table("""
                    1 EXC_BAD_ACCESS 2 EXC_BAD_INSTRUCTION 3 EXC_ARITHMETIC 4 EXC_EMULATION 5 EXC_SOFTWARE 6 EXC_BREAKPOINT 7 EXC_SYSCALL
                    8 EXC_MACH_SYSCALL 9 EXC_RPC_ALERT 10 EXC_CRASH 11 EXC_RESOURCE 12 EXC_GUARD 13 EXC_CORPSE_NOTIFY
                    """));

    private static final SystemCodes WINDOWS = new SystemCodes(
            table("2 SIGINT 4 SIGILL 8 SIGFPE 11 SIGSEGV 15 SIGTERM 21 SIGBREAK 22 SIGABRT"), Map.of(), Map.of());

    private static final SystemCodes UNKNOWN = new SystemCodes(Map.of(), Map.of(), Map.of());

    private static final List<String> DARWINS =
            List.of("mac", "ios", "ipados", "tvos", "watchos", "visionos", "darwin", "xros");
    private static final List<String> LINUXES = List.of(
            "linux", "android", "ubuntu", "debian", "fedora", "alpine", "chrome os", "centos", "red hat", "arch");

    /**
     * Those of an event.
     *
     * @param system the name of the operating system, in lower case; empty if it is not known
     */
    static SystemCodes of(String system, String platform) {
        if (system.startsWith("windows") || system.startsWith("microsoft windows")) {
            return WINDOWS;
        }
        if (DARWINS.stream().anyMatch(system::startsWith)) {
            return DARWIN;
        }
        if (LINUXES.stream().anyMatch(system::startsWith)) {
            return LINUX;
        }
        return system.isEmpty() && (platform.equals("cocoa") || platform.equals("objc")) ? DARWIN : UNKNOWN;
    }

    private static Map<Integer, String> table(String text) {
        Map<Integer, String> table = new HashMap<>();
        String[] words = text.strip().split("\\s+");
        for (int i = 0; i + 1 < words.length; i += 2) {
            table.put(Integer.valueOf(words[i]), words[i + 1]);
        }
        return Map.copyOf(table);
    }
}
