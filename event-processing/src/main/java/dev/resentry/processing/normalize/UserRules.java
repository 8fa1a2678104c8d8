package dev.resentry.processing.normalize;

import dev.resentry.processing.address.IpAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The user, and the addresses that an SDK leaves to the server (ingest protocol, section 8.3). */
final class UserRules {
    private static final String AUTO = "{{auto}}";
    private static final String ADDRESS = "ip_address";
    private static final String REMOTE = "REMOTE_ADDR";
    private static final List<String> TEXTS = List.of("id", "email", "username", "name");

    /** Platforms whose programs run where the user is: the sender's address is the user's. */
    private static final Set<String> OF_USERS = Set.of("javascript", "cocoa", "objc");

    private static final Path PATH = Path.EVENT.at("user");

    private UserRules() {}

    static void apply(Draft draft, String platform) {
        ObjectNode event = draft.json();
        if (!event.path("user").isObject()) {
            Texts.remove(draft, event, "user", Path.EVENT, "expected an object");
        }
        if (event.get("user") instanceof ObjectNode user) {
            TEXTS.forEach(name -> Texts.stripped(draft, user, name, PATH));
        }
        String infer = event.path("sdk").path("settings").path("infer_ip").asString("legacy");
        @Nullable
        String client =
                infer.equals("never") ? null : IpAddress.normal(draft.context().clientAddress());
        String remote = remoteAddress(event, client);
        boolean isAsked = isAutomatic(event.path("user").path(ADDRESS).asString(""));
        boolean isAllowed = !infer.equals("never");
        if (isAsked) {
            set(event, !isAllowed ? null : client == null ? remote : client);
        }
        if (own(draft) == null && isAllowed) {
            boolean isInferred = infer.equals("auto") || OF_USERS.contains(platform);
            set(event, remote != null ? remote : isInferred ? client : null);
        }
        if (event.path("user").isObject() && event.path("user").isEmpty()) {
            event.remove("user");
        }
    }

    /** The address that the program saw its caller at, which it may leave to the server, too. */
    private static @Nullable String remoteAddress(ObjectNode event, @Nullable String client) {
        if (!(event.path("request").get("env") instanceof ObjectNode env)) {
            return null;
        }
        String given = env.path(REMOTE).asString("");
        if (!isAutomatic(given)) {
            return IpAddress.normal(given);
        }
        if (client == null) {
            env.remove(REMOTE);
        } else {
            env.put(REMOTE, client);
        }
        return client;
    }

    /** The address that the event states; what is none goes. */
    private static @Nullable String own(Draft draft) {
        if (!(draft.json().get("user") instanceof ObjectNode user)) {
            return null;
        }
        String given = Texts.stripped(draft, user, ADDRESS, PATH);
        String address = IpAddress.normal(given);
        if (given != null && address == null) {
            Texts.remove(draft, user, ADDRESS, PATH, "expected an IP address");
        } else if (address != null) {
            user.put(ADDRESS, address);
        }
        return address;
    }

    private static void set(ObjectNode event, @Nullable String address) {
        if (address != null) {
            event.withObjectProperty("user").put(ADDRESS, address);
        } else if (event.get("user") instanceof ObjectNode user) {
            user.remove(ADDRESS);
        }
    }

    private static boolean isAutomatic(String address) {
        return address.replace(" ", "").equals(AUTO);
    }
}
