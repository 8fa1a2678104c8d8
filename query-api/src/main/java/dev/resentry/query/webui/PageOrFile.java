package dev.resentry.query.webui;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.PathResourceResolver;

/** Answers a path that is no file and looks like none with the one page, whose own router knows what the path means. */
final class PageOrFile extends PathResourceResolver {
    private static final String PAGE = "index.html";

    @Override
    protected @Nullable Resource getResource(String path, Resource location) throws IOException {
        Resource file = super.getResource(path, location);
        boolean namesNoFile = path.lastIndexOf('.') <= path.lastIndexOf('/');
        return file == null && namesNoFile ? super.getResource(PAGE, location) : file;
    }
}
