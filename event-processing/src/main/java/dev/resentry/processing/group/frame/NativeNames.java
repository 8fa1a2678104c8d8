package dev.resentry.processing.group.frame;

import java.util.List;

/** Names of C, C++, Objective-C, Swift and Rust: without arguments, types, hashes and the numbers of clones. */
final class NativeNames {
    /** What stands behind the name of a copy that an optimiser made. */
    private static final List<String> CLONES = List.of(
            ".isra.", ".part.", ".constprop.", ".cold", ".llvm.", ".lto_priv.", " [clone", " (.", "@@", "@GLIBC");

    private static final List<String> SWIFT_PREFIXES = List.of(
            "specialized ", "@objc ", "partial apply for ", "merged ", "generic ", "reabstraction thunk helper for ");

    private NativeNames() {}

    static Names of(RawFrame frame) {
        String function = function(frame.function());
        String binary = Text.afterLast(SourceFile.path(frame.binary()), '/');
        if (function.isEmpty()) {
            return new Names(
                    withoutVersion(binary.isEmpty() ? SourceFile.unit(frame.file()) : binary), frame.relativeAddress());
        }
        // The name holds the namespace; where a symbol's file is known differs from build to build.
        return new Names("", function);
    }

    /** {@code libshop.so.1.2.3} without its version. */
    private static String withoutVersion(String binary) {
        int so = binary.indexOf(".so");
        return so < 0 ? binary : binary.substring(0, so + 3);
    }

    static String function(String given) {
        String name = given.strip();
        if (name.isEmpty() || name.startsWith("<redacted>") || name.startsWith("<unknown>") || name.startsWith("0x")) {
            return "";
        }
        if (name.startsWith("-[") || name.startsWith("+[")) {
            return name;
        }
        if (name.contains("_block_invoke")) {
            return block(name);
        }
        for (String prefix : SWIFT_PREFIXES) {
            if (name.startsWith(prefix)) {
                name = name.substring(prefix.length());
            }
        }
        for (String clone : CLONES) {
            name = Text.before(name, clone);
        }
        return plain(withoutRustHash(name));
    }

    /** {@code __42-[Cart total]_block_invoke_2}: the block's number changes when another one is added. */
    private static String block(String name) {
        String method = Text.before(name, "_block_invoke");
        int start = 0;
        while (start < method.length() && (method.charAt(start) == '_' || Text.isDigit(method.charAt(start)))) {
            start++;
        }
        return method.substring(start) + "_block";
    }

    private static String withoutRustHash(String name) {
        int hash = name.lastIndexOf("::h");
        return hash >= 0 && name.length() - hash == 19 && Text.isHex(name.substring(hash + 3))
                ? name.substring(0, hash)
                : name;
    }

    private static String plain(String given) {
        String name = given.replace("(anonymous namespace)", "{anonymous}")
                .replace("`anonymous namespace'", "{anonymous}")
                .replace("operator()", "{call}")
                .replace("operator<<", "{shift-left}")
                .replace("operator>>", "{shift-right}")
                .replace("operator<", "{less}")
                .replace("operator>", "{greater}")
                .replace("operator->", "{arrow}");
        name = rustImplementation(name);
        name = Text.withoutBrackets(name, '<', '>');
        name = lambda(name);
        name = Text.withoutBrackets(name, '(', ')');
        for (String qualifier : new String[] {" const", " volatile", " noexcept", " &", " &&"}) {
            name = name.endsWith(qualifier) ? name.substring(0, name.length() - qualifier.length()) : name;
        }
        // A function template is shown with its return type.
        int blank = name.contains(" in ") || name.contains("operator ")
                ? -1
                : name.strip().lastIndexOf(' ');
        name = blank < 0 ? name : name.strip().substring(blank + 1);
        return name.replace("::::", "::").strip();
    }

    /** {@code <shop::Cart as core::ops::Drop>::drop} is {@code shop::Cart::drop}. */
    private static String rustImplementation(String name) {
        if (!name.startsWith("<")) {
            return name;
        }
        int as = name.indexOf(" as ");
        int end = name.lastIndexOf(">::");
        return as > 0 && end > as
                ? name.substring(1, as) + name.substring(end + 1)
                : name.substring(1).replaceFirst(">", "");
    }

    /** Compilers number lambdas: {@code {lambda(int)#2}}, {@code $_0}, {@code {closure#1}}, {@code 'lambda0'(int)}. */
    private static String lambda(String name) {
        String named = name.replace("{{closure}}", "{closure}").replace("`lambda", "'lambda");
        var kept = new StringBuilder(named.length());
        for (int i = 0; i < named.length(); i++) {
            char c = named.charAt(i);
            if (c == '#' && i + 1 < named.length() && Text.isDigit(named.charAt(i + 1))) {
                i = skipDigits(named, i);
            } else if (named.startsWith("$_", i)) {
                kept.append("{lambda}");
                i = skipDigits(named, i + 1);
            } else if (named.startsWith("{lambda(", i)) {
                int end = named.indexOf('}', i);
                kept.append("{lambda}");
                i = end < 0 ? named.length() : end;
            } else if (named.startsWith("'lambda", i)) {
                int end = named.indexOf('\'', i + 1);
                kept.append("{lambda}");
                i = end < 0 ? named.length() : end;
            } else {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static int skipDigits(String text, int before) {
        int i = before;
        while (i + 1 < text.length() && Text.isDigit(text.charAt(i + 1))) {
            i++;
        }
        return i;
    }
}
