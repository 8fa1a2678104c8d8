package dev.resentry.processing.symbolicate;

import org.jspecify.annotations.Nullable;

/**
 * What people call the file that a source map names.
 *
 * @param path with its scheme, as {@code abs_path} has it
 * @param name without what a bundler puts in front
 * @param module without its extension
 * @param inApp whether it is of the program itself, where the name says so; null if it does not
 */
record OriginalFile(
        String path, String name, String module, @Nullable Boolean inApp) {
    private static final String WEBPACK = "webpack://";
    private static final String TURBOPACK = "[project]/";

    /** @param base the URL of the map, to which a relative name is joined; empty if it is not known */
    static OriginalFile of(String source, String base) {
        if (source.startsWith(WEBPACK)) {
            int slash = source.indexOf('/', WEBPACK.length());
            return webpack(source, slash < 0 ? "" : source.substring(slash + 1));
        }
        int project = source.indexOf(TURBOPACK);
        if (project >= 0) {
            String name = source.substring(project + TURBOPACK.length());
            return new OriginalFile(source, name, module(name), isDependency(name) ? Boolean.FALSE : null);
        }
        String path = base.isEmpty() ? source : FileUrl.resolve(base, source);
        String name = path.startsWith("~/") ? path.substring(1) : path;
        boolean isUrl = name.contains("://");
        String file = isUrl ? FileUrl.path(FileUrl.withoutQuery(name)) : name;
        Boolean inApp = isDependency(path) ? Boolean.FALSE : path.startsWith("app:") ? Boolean.TRUE : null;
        return new OriginalFile(path, file, module(file), inApp);
    }

    /** {@code ./x} is of the program; {@code ~/x} is from the packages, and so are names without a folder in front that are no files. */
    private static OriginalFile webpack(String source, String path) {
        int packages = path.startsWith("~/") ? 0 : path.indexOf("/~/") + 1;
        String name = packages > 0 ? path.substring(packages) : path;
        Boolean inApp = null;
        if (name.startsWith("~/")
                || isDependency(name)
                || name.startsWith("webpack/")
                || name.startsWith("external ")) {
            inApp = Boolean.FALSE;
        } else if (name.startsWith("./")) {
            inApp = Boolean.TRUE;
        }
        String file = FileUrl.withoutQuery(name);
        return new OriginalFile(source, file, module(file), inApp);
    }

    private static boolean isDependency(String path) {
        return path.startsWith("node_modules/") || path.contains("/node_modules/");
    }

    private static String module(String file) {
        String module = file;
        while (module.startsWith("./")
                || module.startsWith("../")
                || module.startsWith("~/")
                || module.startsWith("/")) {
            module = module.substring(module.indexOf('/') + 1);
        }
        int dot = module.lastIndexOf('.');
        return dot > module.lastIndexOf('/') + 1 ? module.substring(0, dot) : module;
    }
}
