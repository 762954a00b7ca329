package dev.colloquy.adapter.redis;

import dev.colloquy.domain.retention.Retention;

/** How the scripts name a retention: a letter for what it counts from, and its period in ms. */
final class RetentionCode {

    private RetentionCode() {}

    static String of(Retention retention) {
        String from = switch (retention.from()) {
            case LAST_MESSAGE -> "m";
            case FIRST_MESSAGE -> "f";
            case LAST_ACCESS -> "a";
        };
        return from + retention.period().toMillis();
    }
}
