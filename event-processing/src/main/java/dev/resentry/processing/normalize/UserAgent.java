package dev.resentry.processing.normalize;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code User-Agent}: the browsers and systems that matter, by the marks that they put into it. Looks for each mark once, so
 * the time grows with the length alone.
 *
 * @param browser null if it is none that is known
 * @param system null if it is none that is known
 * @param device null for a computer like any other
 */
record UserAgent(
        @Nullable Product browser,
        @Nullable Product system,
        @Nullable Device device) {
    private static final int MAX_LENGTH = 1_000;

    /** A name with a version, empty if there is none. */
    record Product(String name, String version) {}

    /** A device with its maker, null if that is not known. */
    record Device(String family, String model, @Nullable String brand) {}

    /** A browser by the mark in front of its version. */
    private record Mark(String token, String name) {}

    /** What is built on another browser has that one's mark, too, and comes first. */
    private static final List<Mark> BROWSERS = List.of(
            new Mark("Googlebot/", "Googlebot"),
            new Mark("bingbot/", "bingbot"),
            new Mark("FBAV/", "Facebook"),
            new Mark("Instagram ", "Instagram"),
            new Mark("EdgiOS/", "Edge Mobile"),
            new Mark("EdgA/", "Edge Mobile"),
            new Mark("Edg/", "Edge"),
            new Mark("Edge/", "Edge"),
            new Mark("OPT/", "Opera Touch"),
            new Mark("OPiOS/", "Opera Mini"),
            new Mark("Opera Mini/", "Opera Mini"),
            new Mark("OPR/", "Opera"),
            new Mark("SamsungBrowser/", "Samsung Internet"),
            new Mark("YaBrowser/", "Yandex Browser"),
            new Mark("Vivaldi/", "Vivaldi"),
            new Mark("UCBrowser/", "UC Browser"),
            new Mark("MiuiBrowser/", "MiuiBrowser"),
            new Mark("HuaweiBrowser/", "Huawei Browser"),
            new Mark("DuckDuckGo/", "DuckDuckGo"),
            new Mark("Silk/", "Amazon Silk"),
            new Mark("Electron/", "Electron"),
            new Mark("HeadlessChrome/", "HeadlessChrome"),
            new Mark("FxiOS/", "Firefox iOS"),
            new Mark("CriOS/", "Chrome Mobile iOS"),
            new Mark("Firefox/", "Firefox"),
            new Mark("Chromium/", "Chromium"),
            new Mark("Chrome/", "Chrome"),
            new Mark("MSIE ", "IE"),
            new Mark("Opera/", "Opera"),
            new Mark("curl/", "curl"),
            new Mark("python-requests/", "Python Requests"),
            new Mark("okhttp/", "okhttp"),
            new Mark("PostmanRuntime/", "PostmanRuntime"),
            new Mark("Go-http-client/", "Go-http-client"));

    /** By the version of the kernel. Of the newest, Windows 10 and 11 say the same. */
    private static final List<Mark> WINDOWS = List.of(
            new Mark("10.0", "10"),
            new Mark("6.3", "8.1"),
            new Mark("6.2", "8"),
            new Mark("6.1", "7"),
            new Mark("6.0", "Vista"),
            new Mark("5.1", "XP"));

    static UserAgent parse(String given) {
        String text = given.length() > MAX_LENGTH ? given.substring(0, MAX_LENGTH) : given;
        return new UserAgent(browser(text), system(text), device(text));
    }

    private static @Nullable Product browser(String text) {
        for (Mark mark : BROWSERS) {
            int at = text.indexOf(mark.token());
            if (at >= 0) {
                return new Product(
                        nameOn(text, mark.name()),
                        version(text, at + mark.token().length(), 3));
            }
        }
        if (text.contains("Trident/")) {
            int revision = text.indexOf("rv:");
            return new Product("IE", revision < 0 ? "" : version(text, revision + 3, 3));
        }
        int version = text.indexOf("Version/");
        if (text.contains("Safari/") && version >= 0) {
            String name = text.contains("Android") ? "Android" : text.contains("Mobile/") ? "Mobile Safari" : "Safari";
            return new Product(name, version(text, version + "Version/".length(), 3));
        }
        return null;
    }

    private static String nameOn(String text, String name) {
        boolean isAndroid = text.contains("Android");
        return switch (name) {
            case "Chrome" -> isAndroid ? text.contains("; wv)") ? "Chrome Mobile WebView" : "Chrome Mobile" : name;
            case "Firefox", "Opera" -> isAndroid ? name + " Mobile" : name;
            default -> name;
        };
    }

    private static @Nullable Product system(String text) {
        Product found = after(text, "Windows Phone ", "Windows Phone");
        if (found != null) {
            return found;
        }
        int windows = text.indexOf("Windows NT ");
        if (windows >= 0) {
            String kernel = version(text, windows + "Windows NT ".length(), 2);
            return new Product(
                    "Windows",
                    WINDOWS.stream()
                            .filter(mark -> mark.token().equals(kernel))
                            .map(Mark::name)
                            .findFirst()
                            .orElse(kernel));
        }
        for (String mark : List.of("CPU iPhone OS ", "CPU OS ", "iPhone OS ")) {
            found = after(text, mark, "iOS");
            if (found != null) {
                return found;
            }
        }
        int chrome = text.indexOf("CrOS ");
        if (chrome >= 0) {
            int kind = text.indexOf(' ', chrome + "CrOS ".length());
            return new Product("Chrome OS", kind < 0 ? "" : version(text, kind + 1, 3));
        }
        for (Mark mark : List.of(
                new Mark("Android ", "Android"),
                new Mark("Mac OS X ", "Mac OS X"),
                new Mark("Mac OS X", "Mac OS X"),
                new Mark("HarmonyOS", "HarmonyOS"),
                new Mark("Android", "Android"),
                new Mark("Ubuntu", "Ubuntu"),
                new Mark("Linux", "Linux"))) {
            found = after(text, mark.token(), mark.name());
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Product after(String text, String mark, String name) {
        int at = text.indexOf(mark);
        return at < 0 ? null : new Product(name, version(text, at + mark.length(), 3));
    }

    private static @Nullable Device device(String text) {
        for (String family : List.of("iPhone", "iPad", "iPod")) {
            if (text.contains("(" + family)) {
                return new Device(family, family, "Apple");
            }
        }
        if (text.contains("(Macintosh")) {
            return new Device("Mac", "Mac", "Apple");
        }
        int android = text.indexOf("Android");
        int close = android < 0 ? -1 : text.indexOf(')', android);
        int model = android < 0 ? -1 : text.indexOf("; ", android);
        if (model < 0 || close < model) {
            return null;
        }
        return android(text.substring(model + 2, close));
    }

    /** What stands behind the system: the model, unless the browser keeps it to itself. */
    private static @Nullable Device android(String comment) {
        String model = comment;
        if (comment.length() > 6 && comment.charAt(2) == '-' && comment.charAt(5) == ';') {
            model = comment.substring(6);
        }
        int build = model.indexOf(" Build/");
        model = build >= 0 ? model.substring(0, build) : model;
        int further = model.indexOf(';');
        model = (further >= 0 ? model.substring(0, further) : model).strip();
        boolean isKept = model.isEmpty()
                || model.equals("K")
                || model.equals("Mobile")
                || model.equals("Tablet")
                || model.startsWith("rv:");
        return isKept ? null : new Device(model, model, brand(model));
    }

    private static @Nullable String brand(String model) {
        for (Mark mark : List.of(
                new Mark("SM-", "Samsung"),
                new Mark("SAMSUNG", "Samsung"),
                new Mark("GT-", "Samsung"),
                new Mark("Pixel", "Google"),
                new Mark("Nexus", "Google"),
                new Mark("Redmi", "Xiaomi"),
                new Mark("Xiaomi", "Xiaomi"),
                new Mark("moto", "Motorola"),
                new Mark("ONEPLUS", "OnePlus"))) {
            if (model.startsWith(mark.token())) {
                return mark.name();
            }
        }
        return null;
    }

    /** Numbers with dots or, as Apple has it, underscores between them; so many of them at most. */
    private static String version(String text, int from, int parts) {
        var version = new StringBuilder();
        int count = 1;
        for (int i = from; i < text.length() && version.length() < 32; i++) {
            char c = text.charAt(i);
            if (c == '.' || c == '_') {
                boolean goesOn = i + 1 < text.length() && Ascii.isDigit(text.charAt(i + 1)) && !version.isEmpty();
                if (!goesOn || ++count > parts) {
                    break;
                }
                version.append('.');
            } else if (Ascii.isDigit(c)) {
                version.append(c);
            } else {
                break;
            }
        }
        return version.toString();
    }
}
