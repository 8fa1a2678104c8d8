package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key for 127.0.0.1 and the certificate by which clients know it, as Java and PostgreSQL read them. */
final class Certificates {
    static final String PASSWORD = "of-a-test";

    private static final String ALIAS = "server";

    private final Path directory;

    private Certificates(Path directory) {
        this.directory = directory;
    }

    static Certificates in(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        var made = new Certificates(Files.createDirectories(directory));
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "10",
                        "-keystore",
                        made.keyStore().toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        made.writeOthers();
        return made;
    }

    private void writeOthers() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keyStore())) {
            keys.load(file, PASSWORD.toCharArray());
        }
        byte[] certificate = keys.getCertificate(ALIAS).getEncoded();
        Files.writeString(certificate(), pem("CERTIFICATE", certificate), US_ASCII);
        Files.writeString(
                key(),
                pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                US_ASCII);
        // PostgreSQL takes no key that others could read.
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes));
    }

    Path keyStore() {
        return directory.resolve("server.p12").toAbsolutePath();
    }

    Path certificate() {
        return directory.resolve("server.crt").toAbsolutePath();
    }

    Path key() {
        return directory.resolve("server.key").toAbsolutePath();
    }
}
