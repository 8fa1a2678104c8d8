package dev.resentry.query.docs;

import com.fasterxml.jackson.databind.JavaType;
import dev.resentry.query.page.PageResponse;
import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/** Names schemas after what they are of: {@code ProjectResponse} is a {@code Project}, a page of them a {@code ProjectPage}. */
final class SchemaNames extends TypeNameResolver {
    static final String PAGE = "Page";

    @Override
    protected String nameForGenericType(JavaType type, Set<Options> options) {
        return type.getRawClass() == PageResponse.class
                ? nameForType(type.containedType(0), options) + PAGE
                : super.nameForGenericType(type, options);
    }

    @Override
    protected String getNameOfClass(Class<?> type) {
        return type.getSimpleName().replaceFirst("(?<=.)(?:Response|Answer)$", "");
    }
}
