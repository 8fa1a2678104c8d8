package dev.resentry.query.auth;

/** What all query-api processes of an installation know and nobody else: SECRET_KEY, or what the installation made for itself. */
public record InstallationSecret(String text) {

    @Override
    public String toString() {
        return "InstallationSecret[redacted]";
    }
}
