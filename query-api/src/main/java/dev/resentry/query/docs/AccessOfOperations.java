package dev.resentry.query.docs;

import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AllowedToAnyone;
import dev.resentry.query.access.Scope;
import io.swagger.v3.oas.models.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Says which operations are open to anyone, and which scope the others need. */
final class AccessOfOperations implements GlobalOperationCustomizer {
    /** Where the document has the scope: security schemes other than OAuth have no place for it. */
    static final String SCOPE = "x-required-scope";

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (method.hasMethodAnnotation(AllowedToAnyone.class)) {
            operation.setSecurity(List.of());
        }
        Allowed allowed = method.getMethodAnnotation(Allowed.class);
        if (allowed != null) {
            operation.addExtension(
                    SCOPE,
                    Stream.concat(Stream.of(allowed.value()), Arrays.stream(allowed.or()))
                            .map(Scope::wireName)
                            .collect(Collectors.joining(" or ")));
        }
        return operation;
    }
}
