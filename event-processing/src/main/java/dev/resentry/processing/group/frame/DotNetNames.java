package dev.resentry.processing.group.frame;

import java.util.List;

/** Names of .NET without the classes and methods that its compilers make of async methods, iterators and closures. */
final class DotNetNames {
    private static final List<String> PLUMBING = List.of(
            "System.Runtime.CompilerServices.",
            "System.Runtime.ExceptionServices.",
            "System.Threading.ExecutionContext",
            "System.Threading.Tasks.",
            "System.Reflection.",
            "System.RuntimeMethodHandle");

    private DotNetNames() {}

    static Names of(RawFrame frame) {
        String module = frame.module();
        String function = frame.function();
        if (module.isEmpty() && function.indexOf('.') > 0 && !function.startsWith("<")) {
            String name = withoutReturnType(Text.before(function, "("));
            int dot = name.lastIndexOf('.');
            if (dot > 0) {
                module = name.substring(0, dot);
                function = function.substring(function.indexOf(name) + dot + 1);
            }
        }
        if (module.isEmpty()) {
            return new Names(SourceFile.unit(frame.file()), function(function));
        }
        for (String prefix : PLUMBING) {
            if (module.startsWith(prefix)) {
                return Names.ignored(module, function, "plumbing of tasks and reflection");
            }
        }
        if (module.startsWith("lambda_method") || function.startsWith("lambda_method")) {
            return Names.ignored(module, function, "generated method");
        }
        return cleaned(module.replace('/', '+'), function);
    }

    /** {@code Shop.Cart+<Total>d__5} with {@code MoveNext} is {@code Total} of {@code Shop.Cart}. */
    private static Names cleaned(String module, String function) {
        int plus = module.indexOf("+<");
        int dotted = module.indexOf(".<");
        int generated = plus >= 0 ? plus : dotted;
        String unit = withoutArity(generated >= 0 ? module.substring(0, generated) : module);
        if (generated < 0) {
            return new Names(unit, function(function));
        }
        if (function.startsWith("<")) {
            return new Names(unit, function(function));
        }
        String inner = module.substring(module.lastIndexOf('<'));
        String method = inner.substring(1, Math.max(1, inner.indexOf('>') < 0 ? 1 : inner.indexOf('>')));
        boolean stateMachine = function.startsWith("MoveNext") && !method.isEmpty();
        return new Names(unit, stateMachine ? enclosing(module, method) : function(function));
    }

    /** The method that the compiler took a lambda or a local function from, where a state machine is made of one. */
    private static String enclosing(String module, String method) {
        int lambda = module.indexOf("<<");
        if (lambda < 0) {
            return method;
        }
        int end = module.indexOf('>', lambda);
        return end < 0 ? method : function(module.substring(lambda + 1));
    }

    static String function(String given) {
        String name = given;
        if (name.startsWith("<")) {
            int end = name.indexOf('>');
            String method = end < 0 ? name : name.substring(1, end);
            String rest = end < 0 ? "" : name.substring(end + 1);
            if (rest.startsWith("g__")) {
                return method + "+" + Text.before(rest.substring(3), "|");
            }
            return rest.startsWith("b__") ? method + "+lambda" : method;
        }
        boolean lambda =
                name.contains("=>") || name.contains("{lambda") || name.contains("+() ") || name.contains("b__");
        int local = name.indexOf(")+");
        String inner = local >= 0 && !lambda ? Text.before(name.substring(local + 2), "(") : "";
        name = withoutReturnType(Text.before(name, "("));
        name = withoutArity(Text.before(Text.withoutBrackets(Text.before(name, "["), '<', '>'), "`"));
        name = Text.afterLast(name.startsWith(".") ? name.substring(1) : name, '.');
        return lambda ? name + "+lambda" : inner.isEmpty() ? name : name + "+" + inner;
    }

    private static String withoutReturnType(String name) {
        return Text.afterLast(name.strip(), ' ');
    }

    /** {@code Repository`1[[System.String]]} without the number and the types. */
    private static String withoutArity(String name) {
        String plain = Text.withoutBrackets(Text.withoutBrackets(name, '[', ']'), '<', '>');
        if (plain.indexOf('`') < 0) {
            return plain;
        }
        var kept = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            if (plain.charAt(i) == '`') {
                while (i + 1 < plain.length() && Text.isDigit(plain.charAt(i + 1))) {
                    i++;
                }
            } else {
                kept.append(plain.charAt(i));
            }
        }
        return kept.toString();
    }
}
