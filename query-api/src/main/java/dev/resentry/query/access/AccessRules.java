package dev.resentry.query.access;

import dev.resentry.query.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Holds each operation to what its method says that it needs. One that says nothing is refused. */
final class AccessRules implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && !method.hasMethodAnnotation(AllowedToAnyone.class)) {
            if (!(request.getAttribute(Actor.ATTRIBUTE) instanceof Actor actor)) {
                throw ApiException.unauthorized("A login or a token is needed");
            }
            require(method, actor);
        }
        return true;
    }

    private static void require(HandlerMethod method, Actor actor) {
        AllowedToPeople toPeople = method.getMethodAnnotation(AllowedToPeople.class);
        if (toPeople != null && !actor.isPerson()) {
            throw ApiException.forbidden("This is for people who log in, not for tokens of programs");
        }
        if (toPeople == null || !toPeople.evenBeforeDuty()) {
            actor.duty().requireNone();
        }
        if (toPeople != null) {
            return;
        }
        Allowed allowed = method.getMethodAnnotation(Allowed.class);
        if (allowed == null) {
            throw ApiException.forbidden("Nobody is allowed to do this");
        }
        Scope wanted = allowed.value();
        if (!actor.may(wanted) && Arrays.stream(allowed.or()).noneMatch(actor::may)) {
            throw ApiException.forbidden(
                    actor.isProgram() && actor.role().scopes().contains(wanted)
                            ? "The token lacks the scope %s".formatted(wanted.wireName())
                            : "The role %s does not include the scope %s"
                                    .formatted(actor.role().wireName(), wanted.wireName()));
        }
    }
}
