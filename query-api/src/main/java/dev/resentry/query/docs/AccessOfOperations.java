package dev.resentry.query.docs;

import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.AllowedToAnyone;
import io.swagger.v3.oas.models.Operation;
import java.util.List;
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
            operation.addExtension(SCOPE, allowed.value().wireName());
        }
        return operation;
    }
}
