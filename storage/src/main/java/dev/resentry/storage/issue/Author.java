package dev.resentry.storage.issue;

/** The user who does something with an issue. */
public record Author(long userId, String name, String email) {
    /** What people call them; who has given no name is known by the address. */
    public String shownName() {
        return name.isBlank() ? email : name;
    }
}
