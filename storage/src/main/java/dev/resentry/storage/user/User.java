package dev.resentry.storage.user;

/** Someone who may log in. */
public record User(String email, String passwordHash) {

    @Override
    public String toString() {
        return "User[%s]".formatted(email);
    }
}
