package dev.resentry.query.mcp;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the server when the first agent calls: where none ever does, its some hundred classes cost no start a thing. */
final class ToolServlet implements Servlet {
    private final Supplier<ToolServer> maker;
    private @Nullable ToolServer server;
    private @Nullable ServletConfig config;

    ToolServlet(Supplier<ToolServer> maker) {
        this.maker = maker;
    }

    @Override
    public void init(ServletConfig given) throws ServletException {
        config = given;
        ToolServer made = maker.get();
        made.servlet().init(given);
        server = made;
    }

    @Override
    public void service(ServletRequest request, ServletResponse response) throws ServletException, IOException {
        requireNonNull(server, "init comes first").servlet().service(request, response);
    }

    @Override
    public void destroy() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public @Nullable ServletConfig getServletConfig() {
        return config;
    }

    @Override
    public String getServletInfo() {
        return "Tools of agents";
    }
}
