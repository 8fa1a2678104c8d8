package dev.resentry.storage.user;

import java.time.Instant;
import java.util.Optional;

/** Keeps users. */
public final class UserStore {
    private final UserRepository users;

    UserStore(UserRepository users) {
        this.users = users;
    }

    public boolean isEmpty() {
        return users.count() == 0;
    }

    /** Finds a user by address, without regard to case. */
    public Optional<User> find(String email) {
        return users.findByEmail(email).map(user -> new User(user.email(), user.passwordHash()));
    }

    public void add(User user, Instant at) {
        users.save(new UserEntity(user.email(), user.passwordHash(), at));
    }
}
