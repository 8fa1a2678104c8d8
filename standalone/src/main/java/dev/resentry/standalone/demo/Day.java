package dev.resentry.standalone.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A day, and how long ago it is. */
record Day(LocalDate date, int daysAgo) {

    /** What happens on it of something that happens so often in all days together. */
    List<Occurrence> occurrences(Seed what, Shape shape, int inAll) {
        Seed seed = what.with(date);
        // Rounding by chance keeps the sum of all days where it should be.
        int count = (int) (inAll * shape.share(daysAgo) + seed.random().nextDouble());
        List<Occurrence> occurrences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Seed own = seed.with(i);
            RandomGenerator random = own.with("time").random();
            occurrences.add(new Occurrence(own, i, this, shape.time(date, daysAgo, random)));
        }
        return occurrences;
    }
}
