package dev.colloquy.architecture.samples.rule11.domain;

import java.time.Instant;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Looks at the clock, at chance and at the machine's settings. */
final class Ambient {

    private Ambient() {}

    static Instant now() {
        return Instant.now();
    }

    static Supplier<Instant> nowLater() {
        return Instant::now;
    }

    static UUID chance() {
        return UUID.randomUUID();
    }

    static void shuffle(List<String> list) {
        Collections.shuffle(list);
    }

    static boolean setting() {
        return Boolean.getBoolean("colloquy.setting");
    }

    static Date calendar() {
        return Calendar.getInstance().getTime();
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @SuppressWarnings("DefaultCharset") // the very thing this sample is about
    static byte[] bytes() {
        return "text".getBytes();
    }
}
