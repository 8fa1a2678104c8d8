package dev.resentry.processing.group.frame;

import java.util.Set;

/** Names of Python, Ruby, PHP, Perl, Go and Elixir. */
final class ScriptNames {
    private static final Set<String> PYTHON_SCRIPTS = Set.of("", "__main__", "__mp_main__");
    private static final String CLOSURE = "{closure}";

    private ScriptNames() {}

    static Names python(RawFrame frame) {
        String path = SourceFile.path(frame.file());
        boolean notebook = path.contains("ipython-input") || path.contains("ipykernel_");
        boolean script = PYTHON_SCRIPTS.contains(frame.module()) || notebook;
        String unit = notebook ? "<cell>" : script ? SourceFile.unit(frame.file()) : frame.module();
        return new Names(unit, Text.afterLast(frame.function(), '.'));
    }

    /** Since 3.12 a comprehension is no function of its own; the enclosing one stands for it. */
    static boolean isComprehension(String function) {
        return function.equals("<listcomp>") || function.equals("<dictcomp>") || function.equals("<setcomp>");
    }

    static Names ruby(RawFrame frame) {
        return new Names(SourceFile.unit(frame.file()), rubyFunction(frame.function()));
    }

    /** Since 3.4 a label names the class; a compiled template has a number. */
    private static String rubyFunction(String label) {
        String name = label;
        boolean block = name.startsWith("block ");
        int in = name.startsWith("block ") || name.startsWith("rescue ") || name.startsWith("ensure ")
                ? name.indexOf(" in ")
                : -1;
        if (in >= 0) {
            name = name.substring(name.lastIndexOf(" in ") + 4);
        }
        if (!name.startsWith("<")) {
            int separator = Math.max(name.lastIndexOf('#'), name.lastIndexOf('.'));
            name = separator > 0 && separator + 1 < name.length() ? name.substring(separator + 1) : name;
        }
        if (name.contains("_erb__") || name.contains("_haml__") || name.contains("_slim__")) {
            name = Text.before(name, "__");
        }
        return block ? "block in " + name : name;
    }

    static Names php(RawFrame frame) {
        String function = frame.function().replace('\0', '\ufffd');
        String module = frame.module().replace('\0', '\ufffd');
        String file = SourceFile.path(frame.file());
        String unit = WebAsset.withoutHash(SourceFile.unit(file));
        if (file.equals("[internal]") || file.endsWith("[internal]")) {
            return Names.ignored(file, function, "code of the engine");
        }
        if (unit.equals("main.php") && file.contains("/cache/")) {
            unit = "<chunk>.php";
        }
        if (function.startsWith("[Anonymous")) {
            return new Names(unit, "");
        }
        if (function.contains(CLOSURE) || function.contains("{closure:")) {
            return new Names(unit, CLOSURE);
        }
        int method = function.lastIndexOf("::");
        String name = method < 0 ? function : function.substring(method + 2);
        String type = method < 0 ? module : function.substring(0, method);
        if (type.contains("@anonymous")) {
            return new Names(unit, name);
        }
        return new Names(type.isEmpty() ? unit : generatedClass(type), name);
    }

    /** Twig and Doctrine make classes whose names hold a hash or the name of another class. */
    private static String generatedClass(String type) {
        if (type.startsWith("__TwigTemplate_")) {
            return "__TwigTemplate";
        }
        int proxy = type.indexOf("__CG__\\");
        return proxy < 0 ? type : type.substring(proxy + "__CG__\\".length());
    }

    static Names perl(RawFrame frame) {
        String function = frame.function();
        int method = function.lastIndexOf("::");
        String module = !frame.module().isEmpty() ? frame.module() : method < 0 ? "" : function.substring(0, method);
        String name = method < 0 ? function : function.substring(method + 2);
        return new Names(
                module.isEmpty() ? SourceFile.unit(frame.file()) : module, name.equals("__ANON__") ? "" : name);
    }

    static Names go(RawFrame frame) {
        String module = frame.module();
        String function = Text.withoutBrackets(frame.function(), '[', ']');
        if (module.isEmpty()) {
            int slash = function.lastIndexOf('/');
            int dot = function.indexOf('.', slash + 1);
            module = dot > 0 ? function.substring(0, dot) : "";
            function = dot > 0 ? function.substring(dot + 1) : function;
        } else if (function.startsWith(module + ".")) {
            function = function.substring(module.length() + 1);
        }
        int vendor = module.lastIndexOf("/vendor/");
        module = vendor < 0 ? module : module.substring(vendor + "/vendor/".length());
        function = function.endsWith("-fm") ? function.substring(0, function.length() - 3) : function;
        String unit = module.isEmpty() ? SourceFile.unit(frame.file()) : withoutVersion(module);
        return new Names(unit, goFunction(function));
    }

    /** A receiver by value and by pointer are the same method to those who read it; go statements are wrapped by the compiler. */
    private static String goFunction(String function) {
        String name = function.startsWith("(*") ? function.substring(2).replaceFirst("\\)", "") : function;
        for (String wrapper : new String[] {".gowrap", ".deferwrap"}) {
            name = Text.before(name, wrapper);
        }
        return withoutClosureNumbers(name);
    }

    /** {@code Pay.func2.1}: the numbers of closures change when another one is written above. */
    private static String withoutClosureNumbers(String name) {
        var kept = new StringBuilder(name.length());
        for (String part : name.split("\\.", -1)) {
            boolean closure = part.startsWith("func") && Text.isDigits(part.substring("func".length()));
            if (!Text.isDigits(part)) {
                kept.append(kept.isEmpty() ? "" : ".").append(closure ? "func" : part);
            }
        }
        return kept.toString();
    }

    private static String withoutVersion(String module) {
        int at = module.indexOf('@');
        int slash = at < 0 ? -1 : module.indexOf('/', at);
        return at < 0 ? module : module.substring(0, at) + (slash < 0 ? "" : module.substring(slash));
    }

    static Names elixir(RawFrame frame) {
        String module =
                frame.module().startsWith("Elixir.") ? frame.module().substring("Elixir.".length()) : frame.module();
        String function = frame.function();
        int in = function.startsWith("anonymous fn") ? function.indexOf(" in ") : -1;
        boolean anonymous = in >= 0;
        if (anonymous) {
            function = function.substring(in + 4);
        }
        if (function.startsWith("-") && function.indexOf("-fun-", 1) > 0) {
            function = function.substring(1, function.indexOf("-fun-", 1));
            anonymous = true;
        }
        if (function.startsWith("Elixir.")) {
            function = function.substring("Elixir.".length());
        }
        if (module.isEmpty()) {
            int slash = function.lastIndexOf('/');
            int dot = function.lastIndexOf('.', slash < 0 ? function.length() : slash);
            module = dot > 0 ? function.substring(0, dot) : "";
        }
        if (!module.isEmpty() && function.startsWith(module + ".")) {
            function = function.substring(module.length() + 1);
        }
        String unit = module.isEmpty() ? SourceFile.unit(frame.file()) : module;
        return new Names(unit, anonymous ? "fn in " + function : function);
    }
}
