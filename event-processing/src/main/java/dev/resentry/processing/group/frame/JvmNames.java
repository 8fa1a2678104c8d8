package dev.resentry.processing.group.frame;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of the JVM's languages without what compilers, proxies and the JVM itself number anew. */
final class JvmNames {
    /** Classes that libraries and the JVM make at run time; calls only pass through them. */
    static final List<String> GENERATED = List.of(
            "$$Lambda",
            "$$EnhancerBy",
            "$$FastClassBy",
            "$$SpringCGLIB",
            "$$Enhancer",
            "_$$_javassist",
            "_$$_jvst",
            "$HibernateProxy",
            "$ByteBuddy$",
            "$MockitoMock$",
            "_$$_Weld",
            "$Proxy$_$$_",
            "_ClientProxy",
            "_Subclass",
            "$Intercepted",
            "$$KotlinProxy",
            "GeneratedMethodAccessor",
            "GeneratedConstructorAccessor",
            "GeneratedSerializationConstructorAccessor",
            "LambdaForm$",
            "$$YJP$$");

    private static final Prefixes REFLECTION = new Prefixes(List.of(
            "java.lang.reflect.",
            "jdk.internal.reflect.",
            "sun.reflect.",
            "java.lang.invoke.",
            "jdk.proxy",
            "com.sun.proxy."));

    private static final Set<String> CALLS = Set.of(
            "invoke", "apply", "accept", "run", "call", "get", "test", "compare", "doCall", "applyAsInt", "execute");

    private JvmNames() {}

    static Names of(RawFrame frame) {
        String raw = frame.module().isEmpty() ? "" : withoutLoader(frame.module());
        String function = frame.function();
        if (raw.isEmpty()) {
            return new Names(SourceFile.unit(frame.file()), function(function));
        }
        String generated = generatedClass(raw, function);
        if (generated != null) {
            return Names.ignored(raw, function, generated);
        }
        if (function.startsWith("access$") && Text.isDigits(function.substring("access$".length()))) {
            return Names.ignored(raw, function, "accessor made by the compiler");
        }
        return classOf(raw, function);
    }

    private static @Nullable String generatedClass(String module, String function) {
        if (mayBeGenerated(module)) {
            for (String mark : GENERATED) {
                if (module.contains(mark)) {
                    return "generated class";
                }
            }
        }
        if (REFLECTION.isOf(module)) {
            return "reflection";
        }
        int proxy = module.lastIndexOf("$Proxy");
        boolean isProxy = proxy >= 0 && Text.isDigits(module.substring(proxy + "$Proxy".length()));
        return isProxy || function.contains("CGLIB$") ? "generated class" : null;
    }

    /** Whether a name has a sign or a word that all marks of generated classes have; most names have none. */
    static boolean mayBeGenerated(String module) {
        return module.indexOf('$') >= 0 || module.indexOf('_') >= 0 || module.contains("Generated");
    }

    /** {@code java.base/java.lang.Thread} and {@code app//shop.Cart} without module and loader. */
    private static String withoutLoader(String module) {
        int lambda = module.indexOf("$$Lambda");
        int slash = module.lastIndexOf('/', lambda < 0 ? module.length() : lambda);
        return module.substring(slash + 1);
    }

    private static Names classOf(String module, String function) {
        String numbered = withoutCounters(module);
        int dollar = numbered.indexOf('$');
        if (dollar <= numbered.lastIndexOf('.') + 1) {
            return new Names(numbered, function(function));
        }
        String outer = numbered.substring(0, dollar);
        String[] inner = numbered.substring(dollar + 1).split("\\$", -1);
        boolean closure = Text.isDigits(inner[inner.length - 1]) || isGroovyClosure(inner[inner.length - 1]);
        if (closure && inner.length > 1 && function.equals("invokeSuspend")) {
            return new Names(outer, firstName(inner));
        }
        if (closure && (inner.length > 1 || isGroovyClosure(inner[0])) && CALLS.contains(function)) {
            return new Names(outer, firstName(inner) + "$lambda");
        }
        var unit = new StringBuilder(outer);
        for (String part : inner) {
            unit.append(Text.isDigits(part) ? "$" : part.isEmpty() ? "" : "$" + part);
        }
        return new Names(unit.toString(), function(function));
    }

    private static boolean isGroovyClosure(String part) {
        return part.startsWith("_") && Text.withoutTrailingDigits(part).endsWith("_closure");
    }

    /** The method that a closure is in: the first part that names one. */
    private static String firstName(String[] parts) {
        for (String part : parts) {
            if (!part.isEmpty() && !Text.isDigits(part) && !part.equals("anonfun")) {
                return isGroovyClosure(part) ? Text.before(part.substring(1), "_closure") : part;
            }
        }
        return "";
    }

    /** Clojure numbers its functions: {@code shop.core$fn__1234}, {@code eval12}. */
    private static String withoutCounters(String module) {
        int at = module.indexOf("__");
        if (at < 0 && !module.contains("$eval")) {
            return module;
        }
        var kept = new StringBuilder(module.length());
        for (int i = 0; i < module.length(); i++) {
            boolean counter =
                    module.startsWith("__", i) && i + 2 < module.length() && Text.isDigit(module.charAt(i + 2));
            boolean eval = module.startsWith("$eval", i);
            if (counter || eval) {
                kept.append(eval ? "$eval" : "");
                i += eval ? 5 : 2;
                while (i < module.length() && Text.isDigit(module.charAt(i))) {
                    i++;
                }
                i--;
            } else {
                kept.append(module.charAt(i));
            }
        }
        return kept.toString();
    }

    static String function(String name) {
        if (name.indexOf('$') < 0 && name.indexOf('-') < 0) {
            return named(name);
        }
        if (name.startsWith("lambda$") || name.startsWith("lambda-")) {
            String method = Text.withoutTrailingDigits(name.substring("lambda$".length()));
            method = method.endsWith("$") ? method.substring(0, method.length() - 1) : method;
            return method.isEmpty() || method.equals("null") ? "$lambda" : method + "$lambda";
        }
        if (name.startsWith("$anonfun$")) {
            return firstName(name.substring("$anonfun$".length()).split("\\$", -1)) + "$lambda";
        }
        if (name.startsWith("access$")) {
            return name.substring("access$".length());
        }
        int lambda = Math.max(name.indexOf("$lambda$"), name.indexOf("$lambda-"));
        if (lambda >= 0) {
            return name.substring(0, lambda) + "$lambda";
        }
        int generated = name.indexOf("$default");
        if (generated > 0) {
            return name.substring(0, generated);
        }
        return named(name);
    }

    private static String named(String name) {
        return switch (name) {
            case "invokeStatic", "doInvoke" -> "invoke";
            default -> withoutMangling(name);
        };
    }

    /** Kotlin adds the hash of inline classes to a name: {@code total-impl}, {@code total-WZ4Q5Ns}. */
    private static String withoutMangling(String name) {
        int dash = name.indexOf('-');
        return dash > 0 && (name.length() - dash == 8 || name.endsWith("-impl")) ? name.substring(0, dash) : name;
    }
}
