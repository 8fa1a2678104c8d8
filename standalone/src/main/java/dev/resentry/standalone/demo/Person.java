package dev.resentry.standalone.demo;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A customer of the invented shop. Addresses are of the ranges and domains that are kept for examples. */
record Person(int number) {
    private static final int PEOPLE = 180;
    private static final List<String> NAMES = List.of(
            "Anna", "Ben", "Carla", "Deniz", "Elif", "Femke", "Gustav", "Hana", "Ivo", "Jana", "Kofi", "Lena", "Marek",
            "Noor", "Oskar", "Petra", "Quinn", "Rosa", "Samir", "Tilda");
    private static final List<String> SURNAMES =
            List.of("Adler", "Bakker", "Costa", "Dubois", "Ek", "Fischer", "Gallo", "Horak", "Ito");
    private static final List<String> PLACES =
            List.of("DE Berlin", "DE Hamburg", "FR Lyon", "NL Utrecht", "PL Gdynia", "GB Leeds");

    /** Some people come more often than others. */
    static Person any(RandomGenerator random) {
        double often = random.nextDouble();
        return new Person((int) (PEOPLE * often * often));
    }

    String name() {
        return NAMES.get(number % NAMES.size()) + " " + SURNAMES.get(number % SURNAMES.size());
    }

    String email() {
        return name().toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.org";
    }

    ObjectNode json() {
        String[] place = PLACES.get(number % PLACES.size()).split(" ");
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        user.put("id", Integer.toString(4000 + number)).put("email", email()).put("username", name());
        user.put("ip_address", "%s.%d".formatted(number % 2 == 0 ? "198.51.100" : "203.0.113", 1 + number % 250));
        user.putObject("geo").put("country_code", place[0]).put("city", place[1]);
        return user;
    }
}
