package dev.resentry.query.access;

import dev.resentry.query.RunningApi;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The operations of our own controllers and what each says that it needs, from the running API's routes. */
final class Operations {

    private Operations() {}

    /** An operation; null for a need that it does not name. */
    record Operation(String method, String path, Need need) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** What an operation needs. */
    sealed interface Need {}

    record Anyone() implements Need {}

    record People() implements Need {}

    /** One of these does, the first of which is what people know it by. */
    record Scoped(List<Scope> scopes) implements Need {}

    record Unsaid() implements Need {}

    static List<Operation> of(RunningApi api) {
        List<Operation> operations = new ArrayList<>();
        api.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((route, handler) -> {
            if (isHeldToRules(handler)) {
                for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                    route.getPatternValues()
                            .forEach(path -> operations.add(new Operation(method.name(), path, need(handler))));
                }
            }
        });
        operations.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
        return operations;
    }

    /** Health, metrics and the pages of errors and of the documentation are open by their path. */
    private static boolean isHeldToRules(HandlerMethod handler) {
        String type = handler.getBeanType().getName();
        return type.startsWith("dev.resentry.query.") && !type.startsWith("dev.resentry.query.error.");
    }

    private static Need need(HandlerMethod handler) {
        if (has(handler, AllowedToAnyone.class)) {
            return new Anyone();
        }
        if (has(handler, AllowedToPeople.class)) {
            return new People();
        }
        Allowed allowed = handler.getMethodAnnotation(Allowed.class);
        return allowed == null
                ? new Unsaid()
                : new Scoped(Stream.concat(Stream.of(allowed.value()), Arrays.stream(allowed.or()))
                        .toList());
    }

    private static boolean has(HandlerMethod handler, Class<? extends Annotation> annotation) {
        return handler.hasMethodAnnotation(annotation);
    }
}
