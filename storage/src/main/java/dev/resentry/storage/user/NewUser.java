package dev.resentry.storage.user;

/** A user to be added. */
public record NewUser(String email, String name, String role, String passwordHash, boolean mustChangePassword) {

    @Override
    public String toString() {
        return "NewUser[%s]".formatted(email);
    }
}
