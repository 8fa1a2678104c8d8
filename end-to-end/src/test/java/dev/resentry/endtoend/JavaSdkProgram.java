package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentry.Attachment;
import io.sentry.Breadcrumb;
import io.sentry.Hint;
import io.sentry.Sentry;
import io.sentry.SentryLevel;
import io.sentry.protocol.User;

/**
 * A program with an unmodified Sentry SDK: throws, catches and reports, the way an application does. Prints the ids of its
 * events, one a line, with a name before.
 */
final class JavaSdkProgram {
    private JavaSdkProgram() {}

    public static void main(String[] args) {
        Sentry.init(options -> {
            options.setDsn(args[0]);
            options.setRelease("shop@1.4.2");
            options.setEnvironment("staging");
            options.setServerName("shop-1");
            options.addInAppInclude("dev.resentry.endtoend");
        });
        Sentry.configureScope(scope -> {
            var user = new User();
            user.setId("42");
            user.setEmail("ada@example.com");
            user.setUsername("ada");
            scope.setUser(user);
            scope.setTag("role", "admin");
        });
        Sentry.startSession();
        for (int i = 1; i <= 3; i++) {
            var breadcrumb = new Breadcrumb("item %d added".formatted(i));
            breadcrumb.setCategory("cart");
            Sentry.addBreadcrumb(breadcrumb);
        }
        try {
            checkout();
        } catch (IllegalStateException e) {
            System.out.println("exception " + Sentry.captureException(e));
        }
        var attachment = new Attachment("three items".getBytes(UTF_8), "cart.txt", "text/plain");
        System.out.println("attachment "
                + Sentry.captureException(
                        new UnsupportedOperationException("with an attachment"), Hint.withAttachment(attachment)));
        System.out.println("message " + Sentry.captureMessage("Java says hello", SentryLevel.WARNING));
        Sentry.endSession();
        Sentry.close();
    }

    private static void checkout() {
        try {
            chargeCard(-1);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("Checkout failed", e);
        }
    }

    private static void chargeCard(int amount) {
        throw new IllegalArgumentException("amount %d is out of range".formatted(amount));
    }
}
