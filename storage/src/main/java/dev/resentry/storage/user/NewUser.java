package dev.resentry.storage.user;

/**
 * A user to be added.
 *
 * @param hasPassword whether the password is one that somebody knows
 */
public record NewUser(
        String email, String name, String role, String passwordHash, boolean mustChangePassword, boolean hasPassword) {

    /** One who knows the password. */
    public NewUser(String email, String name, String role, String passwordHash, boolean mustChangePassword) {
        this(email, name, role, passwordHash, mustChangePassword, true);
    }

    @Override
    public String toString() {
        return "NewUser[%s]".formatted(email);
    }
}
