package dev.resentry.query.docs;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.resentry.query.schema.WordOf;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

/** The words that the constants of an enum are written as. */
final class WireNames {
    private WireNames() {}

    static List<String> of(WordOf words) {
        List<String> except = List.of(words.except());
        return of(words.value()).stream().filter(word -> !except.contains(word)).toList();
    }

    static List<String> of(Class<?> type) {
        List<Method> written = Stream.of(type.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(method -> method.getName().equals("wireName") || isJsonValue(method))
                .toList();
        return Stream.of(type.getEnumConstants())
                .map(constant ->
                        written.isEmpty() ? ((Enum<?>) constant).name() : word(written.getFirst(), (Enum<?>) constant))
                .toList();
    }

    private static boolean isJsonValue(AnnotatedElement method) {
        return method.isAnnotationPresent(JsonValue.class);
    }

    private static String word(Method method, Enum<?> constant) {
        try {
            return String.valueOf(method.invoke(constant));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s of %s does not say its word".formatted(method.getName(), constant), e);
        }
    }
}
