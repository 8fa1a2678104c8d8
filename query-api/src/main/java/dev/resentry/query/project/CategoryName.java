package dev.resentry.query.project;

import dev.resentry.model.outcome.DataCategory;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The name of a category that something can be of. */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = CategoryName.Check.class)
@interface CategoryName {
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Says which words there are. */
    class Check implements ConstraintValidator<CategoryName, String> {
        private static final String RULE = "expected: "
                + Arrays.stream(DataCategory.values())
                        .filter(category -> category != DataCategory.UNKNOWN)
                        .map(DataCategory::wireName)
                        .collect(Collectors.joining(", "));

        @Override
        public boolean isValid(@Nullable String word, ConstraintValidatorContext context) {
            if (word != null
                    && DataCategory.parse(word)
                            .filter(c -> c != DataCategory.UNKNOWN)
                            .isPresent()) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(RULE).addConstraintViolation();
            return false;
        }
    }
}
