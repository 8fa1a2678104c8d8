package dev.resentry.query.error;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Refuses bodies of JSON that are larger than any request needs, before they are read, or as they are if they do not say their size. */
final class BodyLimitFilter extends OncePerRequestFilter {
    static final int MAX_BYTES = 1_048_576;

    private final JsonMapper json;

    BodyLimitFilter(JsonMapper json) {
        this.json = json;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            ApiErrorResponse answer = TooLargeException.answer();
            response.setStatus(answer.statusCode());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream()
                    .write(json.writeValueAsBytes(Dialect.of(request).body(answer)));
            return;
        }
        chain.doFilter(request.getContentLengthLong() >= 0 ? request : new BoundedRequest(request), response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null || !type.startsWith(MediaType.APPLICATION_JSON_VALUE);
    }

    /** Says while a body is read that it is larger than any request needs. */
    static final class TooLargeException extends IOException {
        TooLargeException() {
            super("The body is larger than %d bytes".formatted(MAX_BYTES));
        }

        static ApiErrorResponse answer() {
            return ApiErrorResponse.of(
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    "The body is too large (expected: at most %d bytes)".formatted(MAX_BYTES));
        }
    }

    private static final class BoundedRequest extends HttpServletRequestWrapper {
        BoundedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream());
        }
    }

    private static final class BoundedStream extends ServletInputStream {
        private final ServletInputStream in;
        private long read;

        BoundedStream(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            int value = in.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int more) throws TooLargeException {
            read += more;
            if (read > MAX_BYTES) {
                throw new TooLargeException();
            }
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
