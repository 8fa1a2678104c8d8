package dev.resentry.storage.user;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the store of users. */
@Configuration(proxyBeanMethods = false)
public class UserStorageConfiguration {

    @Bean
    UserStore userStore(UserRepository users) {
        return new UserStore(users);
    }
}
