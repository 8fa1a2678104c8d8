package dev.resentry.query.auth;

import dev.resentry.query.access.Actor;
import dev.resentry.query.error.ApiException;
import dev.resentry.service.health.CheckResult;
import dev.resentry.storage.database.DatabaseOutage;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells the rest of a request's way who makes it, and ends it here if what it brings to say so is not valid. */
final class ActorFilter extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(ActorFilter.class);

    private final Callers callers;
    private final RefusalWriter refusals;

    ActorFilter(Callers callers, RefusalWriter refusals) {
        this.callers = callers;
        this.refusals = refusals;
    }

    /** A stream that is answered later passes here again, in another thread. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            Actor known = (Actor) request.getAttribute(Actor.ATTRIBUTE);
            Actor actor = known == null ? callers.of(request).orElse(null) : known;
            if (actor != null) {
                request.setAttribute(Actor.ATTRIBUTE, actor);
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(new ActorAuthentication(actor));
                SecurityContextHolder.setContext(context);
            }
        } catch (ApiException e) {
            refusals.write(request, response, e);
            return;
        } catch (DataAccessException e) {
            if (!DatabaseOutage.isBehind(e)) {
                throw e;
            }
            LOG.atWarn().addKeyValue("error", CheckResult.Failed.of(e).cause()).log("The database does not answer");
            refusals.write(
                    request, response, ApiException.unavailable("The database does not answer; try again later"));
            return;
        }
        chain.doFilter(request, response);
    }
}
