package dev.resentry.query.metrics;

import dev.resentry.service.report.ErrorReports;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/** Makes a transaction of each request of the API that has a route, for where Resentry reports to. */
final class RequestTraceFilter extends OncePerRequestFilter {
    private final ErrorReports reports;

    RequestTraceFilter(ErrorReports reports) {
        this.reports = reports;
    }

    /** Health is asked for all the time, and the pages are files. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/health") || path.startsWith("/metrics") || path.startsWith("/ui");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ErrorReports.RequestTrace trace = reports.begin(request.getMethod());
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route) {
                trace.end(request.getMethod() + " " + route, response.getStatus());
            }
        }
    }
}
