package dev.resentry.processing.group.frame;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a frame is of the program itself. Built-in rules speak first where they are sure, then the SDK; where both are silent,
 * a frame is of the program unless its path or its name is that of a dependency or of the platform.
 *
 * @param value whether it is
 * @param decidedBy who said so, for people
 */
public record InApp(boolean value, String decidedBy) {
    private static final List<String> JVM_PLATFORM = List.of(
            "java.",
            "javax.",
            "jakarta.",
            "jdk.",
            "sun.",
            "com.sun.",
            "kotlin.",
            "kotlinx.",
            "scala.",
            "clojure.",
            "groovy.",
            "groovyjarjarasm.",
            "org.codehaus.groovy.",
            "org.apache.",
            "org.springframework.",
            "org.hibernate.",
            "org.eclipse.jetty.",
            "org.jboss.",
            "org.glassfish.",
            "org.postgresql.",
            "org.slf4j.",
            "org.junit.",
            "org.aspectj.",
            "io.netty.",
            "io.undertow.",
            "io.vertx.",
            "io.quarkus.",
            "io.micronaut.",
            "io.ktor.",
            "io.reactivex.",
            "reactor.",
            "akka.",
            "play.",
            "feign.",
            "okhttp3.",
            "okio.",
            "retrofit2.",
            "com.fasterxml.",
            "com.google.",
            "com.zaxxer.",
            "com.mysql.",
            "com.microsoft.",
            "com.mongodb.",
            "io.opentelemetry.",
            "io.micrometer.",
            "io.grpc.",
            "io.lettuce.",
            "redis.clients.",
            "rx.",
            "net.bytebuddy.",
            "ch.qos.logback.",
            "android.",
            "androidx.",
            "com.android.",
            "dalvik.",
            "libcore.",
            "io.sentry.",
            "ratpack.",
            "ring.",
            "compojure.",
            "org.h2.",
            "org.mariadb.",
            "oracle.",
            "org.mockito.",
            "org.gradle.",
            "zio.",
            "cats.");

    private static final List<String> DOTNET_PLATFORM = List.of(
            "System.",
            "Microsoft.",
            "MS.",
            "Sentry.",
            "Newtonsoft.",
            "Npgsql.",
            "MySql.",
            "MySqlConnector.",
            "Serilog.",
            "NLog.",
            "Dapper.",
            "Autofac.",
            "MediatR.",
            "AutoMapper.",
            "FluentValidation.",
            "Polly.",
            "Grpc.",
            "StackExchange.",
            "Castle.",
            "Mono.",
            "Xunit.",
            "NUnit.",
            "Hangfire.",
            "Quartz.",
            "MassTransit.",
            "RestSharp.",
            "UnityEngine.",
            "UnityEditor.",
            "Interop.",
            "Internal.");

    private static final List<String> ELIXIR_PLATFORM = List.of(
            "Enum",
            "Kernel",
            "GenServer",
            "Task",
            "Agent",
            "Supervisor",
            "Process",
            "Stream",
            "String",
            "Map",
            "MapSet",
            "Keyword",
            "List",
            "Access",
            "Integer",
            "Float",
            "Date",
            "DateTime",
            "NaiveDateTime",
            "Time",
            "Regex",
            "File",
            "IO",
            "Logger",
            "System",
            "Module",
            "Code",
            "Exception",
            "Plug",
            "Phoenix",
            "Ecto",
            "DBConnection",
            "Postgrex",
            "Bandit",
            "Cowboy",
            "Oban",
            "Absinthe",
            "Tesla",
            "Finch",
            "Mint",
            "Jason",
            "Poison",
            "Sentry",
            "Broadway",
            "GenStage",
            "Telemetry",
            "ThousandIsland",
            "Registry",
            "Range",
            "Tuple",
            "URI",
            "Base",
            "Calendar",
            "Mix",
            "ExUnit",
            "Req",
            "HTTPoison",
            "Redix",
            "MyXQL",
            "Tds",
            "Swoosh",
            "Bamboo",
            "Gettext",
            "Protocol",
            "Inspect",
            "Collectable",
            "Enumerable");

    private static final List<String> RUST_PLATFORM = List.of(
            "std::",
            "core::",
            "alloc::",
            "__rust",
            "rust_begin_unwind",
            "rust_panic",
            "sentry",
            "backtrace::",
            "tokio::",
            "hyper::",
            "tower",
            "actix_",
            "axum::",
            "futures",
            "async_std::",
            "rayon",
            "mio::",
            "anyhow::",
            "serde",
            "reqwest::",
            "log::",
            "tracing",
            "rocket::",
            "warp::",
            "h2::",
            "test::",
            "<std::",
            "<core::",
            "<alloc::",
            "<tokio::",
            "<hyper::",
            "<tower",
            "<futures",
            "___rust",
            "_rust_");

    private static final List<String> NATIVE_PLATFORM = List.of(
            "std::",
            "__libc",
            "__cxa",
            "_Unwind",
            "__gnu_cxx::",
            "_start",
            "__scrt_",
            "BaseThreadInitThunk",
            "RtlUserThreadStart",
            "start_thread",
            "__pthread",
            "_pthread",
            "__clone",
            "__rust",
            "rust_begin_unwind",
            "core::",
            "alloc::",
            "_sigtramp",
            "gsignal",
            "UIApplicationMain",
            "invoke_main",
            "objc_",
            "_dispatch",
            "sentry__",
            "sentry_",
            "__GI_",
            "_objc_",
            "___rust");

    private static final Set<String> C_FUNCTIONS =
            Set.of("clone", "clone3", "abort", "raise", "kill", "main_thread", "start_thread");

    private static final List<String> SYSTEM_BINARIES = List.of(
            "/usr/lib/",
            "/lib/",
            "/lib64/",
            "/system/library/",
            "/system/lib",
            "/apex/",
            "/usr/local/lib/",
            "c:/windows/",
            "/library/apple/",
            "/system/framework/",
            "/system/volumes/");

    private static final Set<String> BINARIES = Set.of(
            "libc.so",
            "libstdc++.so",
            "libm.so",
            "libpthread.so",
            "libgcc_s.so",
            "ld-linux-x86-64.so",
            "ntdll.dll",
            "kernel32.dll",
            "kernelbase.dll",
            "ucrtbase.dll",
            "user32.dll",
            "vcruntime140.dll",
            "msvcp140.dll",
            "foundation",
            "corefoundation",
            "uikit",
            "uikitcore",
            "libdispatch.dylib",
            "libobjc.a.dylib",
            "libsystem_kernel.dylib",
            "libsystem_pthread.dylib",
            "libsystem_c.dylib",
            "libc++abi.dylib",
            "libart.so",
            "dyld");

    private static final List<String> WEB_LIBRARIES = List.of(
            "react",
            "react-dom",
            "jquery",
            "angular",
            "zone",
            "zone-evergreen",
            "polyfills",
            "polyfill",
            "vendor",
            "vendors",
            "framework",
            "vue",
            "lodash",
            "core-js",
            "runtime",
            "bootstrap",
            "ember",
            "backbone",
            "webpack",
            "rxjs",
            "axios",
            "gtm",
            "gtag",
            "analytics");

    private static final List<String> WEB_HOSTS = List.of(
            "://unpkg.com/",
            "://cdnjs.cloudflare.com/",
            "://cdn.jsdelivr.net/",
            "://esm.run/",
            "://esm.sh/",
            "://ajax.googleapis.com/",
            "://code.jquery.com/",
            "://www.googletagmanager.com/",
            "://browser.sentry-cdn.com/",
            "://js.sentry-cdn.com/",
            "://www.google-analytics.com/",
            "://connect.facebook.net/",
            "://js.stripe.com/");

    private static final List<String> GO_PLATFORM = List.of(
            "runtime",
            "net",
            "reflect",
            "sync",
            "syscall",
            "internal",
            "testing",
            "encoding",
            "database",
            "io",
            "os",
            "fmt",
            "errors",
            "strconv",
            "time",
            "context",
            "bufio",
            "bytes",
            "strings",
            "sort",
            "slices",
            "maps",
            "log",
            "html",
            "text",
            "crypto",
            "math",
            "compress",
            "archive",
            "regexp",
            "path",
            "mime",
            "unicode",
            "container",
            "hash",
            "go",
            "golang.org",
            "github.com/getsentry",
            "google.golang.org",
            "iter",
            "embed",
            "flag",
            "image",
            "index",
            "plugin",
            "unsafe",
            "github.com/gin-gonic",
            "github.com/labstack/echo",
            "github.com/gorilla",
            "github.com/go-chi",
            "github.com/gofiber",
            "github.com/pkg/errors",
            "gorm.io",
            "github.com/jackc",
            "github.com/lib/pq",
            "github.com/valyala",
            "github.com/spf13",
            "github.com/urfave",
            "go.uber.org");

    static InApp of(RawFrame frame, Names names) {
        String rule = notInApp(frame, names);
        if (rule != null) {
            return new InApp(false, rule);
        }
        Boolean sdk = frame.sdkInApp();
        return sdk != null ? new InApp(sdk, "SDK") : new InApp(true, "nothing says that it is not");
    }

    private static @Nullable String notInApp(RawFrame frame, Names names) {
        String path = SourceFile.path(frame.path());
        String rule = ofPath(path, frame.language());
        if (rule != null) {
            return rule;
        }
        return switch (frame.language()) {
            case JVM ->
                startsWithAny(names.unit(), JVM_PLATFORM) ? "built-in: package of a library or the platform" : null;
            case DOTNET ->
                startsWithAny(names.unit() + ".", DOTNET_PLATFORM)
                        ? "built-in: namespace of a library or the platform"
                        : null;
            case ELIXIR -> isElixirPlatform(names.unit()) ? "built-in: module of a library or the platform" : null;
            case RUST ->
                startsWithAny(names.function(), RUST_PLATFORM) ? "built-in: crate of a library or the platform" : null;
            case NATIVE -> isNativePlatform(frame, names) ? "built-in: function or binary of the platform" : null;
            case GO -> isGoPlatform(names.unit()) ? "built-in: package of a library or the platform" : null;
            case JAVASCRIPT, NODE -> javaScript(frame, path);
            case PYTHON, RUBY, PHP, PERL, OTHER -> null;
        };
    }

    private static @Nullable String ofPath(String path, Language language) {
        String from = path.startsWith("/") ? path : "/" + path;
        boolean system = from.contains("/node_modules/")
                || from.contains("/site-packages/")
                || from.contains("/dist-packages/")
                || from.contains("/go/pkg/mod/")
                || (from.contains("/gems/") && language == Language.RUBY)
                || (from.contains("/vendor/")
                        && (language == Language.PHP || language == Language.RUBY || language == Language.GO))
                || (from.contains("/deps/") && language == Language.ELIXIR)
                || from.contains("/.cargo/registry/")
                || from.startsWith("/rustc/")
                || from.contains("/rustlib/");
        if (system) {
            return "built-in: folder of dependencies";
        }
        boolean platform = switch (language) {
            case PYTHON -> from.contains("/lib/python") || from.startsWith("/<frozen") || from.startsWith("/<string>");
            case RUBY -> from.contains("/lib/ruby/") || from.startsWith("/<internal:");
            case GO ->
                (from.contains("/go/src/") && from.startsWith("/usr/"))
                        || from.contains("/goroot/src/")
                        || from.contains("/libexec/src/");
            case PERL -> from.contains("/perl5/") || from.startsWith("/usr/share/perl") || from.startsWith("/usr/lib/");
            default -> false;
        };
        return platform ? "built-in: folder of the platform" : null;
    }

    private static @Nullable String javaScript(RawFrame frame, String path) {
        if (path.startsWith("node:")
                || path.startsWith("internal/")
                || path.contains("/webpack/runtime")
                || path.contains("/webpack/bootstrap")) {
            return "built-in: code of the platform";
        }
        if (path.contains("-extension://")) {
            return "built-in: browser extension";
        }
        // Node's own files before version 16 have no folder.
        if (frame.language() == Language.NODE
                && path.indexOf('/') < 0
                && path.endsWith(".js")
                && frame.sdkInApp() == null) {
            return "built-in: code of the platform";
        }
        for (String host : WEB_HOSTS) {
            if (path.contains(host)) {
                return "built-in: host of libraries";
            }
        }
        String basename = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean fetched = path.startsWith("http:") || path.startsWith("https:");
        for (String library : WEB_LIBRARIES) {
            boolean named = basename.startsWith(library)
                    && basename.length() > library.length()
                    && ".-~@".indexOf(basename.charAt(library.length())) >= 0;
            if (fetched && named) {
                return "built-in: file of a library";
            }
        }
        return null;
    }

    private static boolean isElixirPlatform(String module) {
        if (module.isEmpty()) {
            return false;
        }
        if (module.charAt(0) == ':' || Character.isLowerCase(module.charAt(0))) {
            return true;
        }
        return ELIXIR_PLATFORM.contains(Text.before(module, "."));
    }

    private static boolean isNativePlatform(RawFrame frame, Names names) {
        String binary = SourceFile.path(frame.binary()).toLowerCase(Locale.ROOT);
        String name = binary.substring(binary.lastIndexOf('/') + 1);
        int so = name.indexOf(".so");
        return startsWithAny(binary, SYSTEM_BINARIES)
                || BINARIES.contains(so < 0 ? name : name.substring(0, so + 3))
                || C_FUNCTIONS.contains(names.function())
                || startsWithAny(names.function(), NATIVE_PLATFORM)
                || startsWithAny(names.function(), RUST_PLATFORM);
    }

    private static boolean isGoPlatform(String module) {
        for (String platform : GO_PLATFORM) {
            if (module.equals(platform) || module.startsWith(platform + "/")) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWithAny(String text, List<String> prefixes) {
        for (String prefix : prefixes) {
            if (text.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
