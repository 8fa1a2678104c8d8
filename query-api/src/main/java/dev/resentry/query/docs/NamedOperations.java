package dev.resentry.query.docs;

import io.swagger.v3.oas.models.Operation;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** Remembers which operations their methods name, until the document is completed: the others have names made up. */
final class NamedOperations implements GlobalOperationCustomizer {
    private static final String NAME = "x-name";

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        var given = AnnotatedElementUtils.findMergedAnnotation(
                method.getMethod(), io.swagger.v3.oas.annotations.Operation.class);
        if (given != null && !given.operationId().isEmpty()) {
            operation.addExtension(NAME, given.operationId());
        }
        return operation;
    }

    /** The name that its method gives an operation, which is not told a second time. */
    static @Nullable String nameOf(Operation operation) {
        return operation.getExtensions() == null
                ? null
                : (String) operation.getExtensions().remove(NAME);
    }
}
