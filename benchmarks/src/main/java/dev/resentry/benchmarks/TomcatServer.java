package dev.resentry.benchmarks;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardVirtualThreadExecutor;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with one servlet. */
final class TomcatServer {
    private TomcatServer() {}

    static void serve(int port, boolean virtualThreads) {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        var connector = new Connector();
        connector.setPort(port);
        connector.setProperty("maxKeepAliveRequests", "-1");
        if (virtualThreads) {
            var executor = new StandardVirtualThreadExecutor();
            executor.setName("virtual");
            tomcat.getService().addExecutor(executor);
            connector.setProperty("executor", "virtual");
        }
        tomcat.setConnector(connector);
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "answering", new Answering());
        context.addServletMappingDecoded("/*", "answering");
        try {
            tomcat.start();
            System.out.println("ready");
            tomcat.getServer().await();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not start", e);
        }
    }

    private static final class Answering extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] body = request.getInputStream().readNBytes(request.getContentLength());
            response.setStatus(body.length > 0 ? 200 : 400);
            response.setContentType("application/json");
            response.setContentLength(NettyServer.ANSWER.length);
            response.getOutputStream().write(NettyServer.ANSWER);
        }
    }
}
