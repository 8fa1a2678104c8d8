package dev.resentry.processing.group.frame;

import java.util.Set;

/** What is of libraries and of the platform in Rust, C and what is compiled like them. */
final class NativeLibraries {
    /** How the names of Rust's functions begin. */
    static final Prefixes RUST = Prefixes.of("""
            <alloc:: <core:: <futures <hyper:: <std:: <tokio:: <tower ___rust __rust _rust_ actix_ alloc::
            anyhow:: async_std:: axum:: backtrace:: core:: futures h2:: hyper:: log:: mio:: rayon reqwest::
            rocket:: rust_begin_unwind rust_panic sentry serde std:: test:: tokio:: tower tracing warp::""");

    /** How the names of functions begin. */
    static final Prefixes FUNCTIONS = Prefixes.of("""
            BaseThreadInitThunk RtlUserThreadStart UIApplicationMain _Unwind __GI_ ___rust __clone __cxa
            __gnu_cxx:: __libc __pthread __rust __scrt_ _dispatch _objc_ _pthread _sigtramp _start alloc::
            core:: gsignal invoke_main objc_ rust_begin_unwind sentry_ sentry__ start_thread std::""");

    /** Functions by their whole names. */
    static final Set<String> WHOLE_FUNCTIONS = Set.of("""
            abort clone clone3 kill main_thread raise start_thread""".split("\\s+"));

    /** Where systems keep their binaries, in lower case. */
    static final Prefixes FOLDERS = Prefixes.of("""
            /apex/ /lib/ /lib64/ /library/apple/ /system/framework/ /system/lib /system/library/
            /system/volumes/ /usr/lib/ /usr/local/lib/ c:/windows/""");

    /** Binaries of systems, wherever they are: those of Linux up to {@code .so}, all in lower case. */
    static final Set<String> BINARIES = Set.of("""
            corefoundation dyld foundation kernel32.dll kernelbase.dll ld-linux-x86-64.so libart.so
            libc++abi.dylib libc.so libdispatch.dylib libgcc_s.so libm.so libobjc.a.dylib libpthread.so
            libstdc++.so libsystem_c.dylib libsystem_kernel.dylib libsystem_pthread.dylib msvcp140.dll ntdll.dll
            ucrtbase.dll uikit uikitcore user32.dll vcruntime140.dll""".split("\\s+"));

    private NativeLibraries() {}
}
